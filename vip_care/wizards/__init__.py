from . import base_partner_merge
from . import loyalty_card_update_balance
from . import loyalty_generate_wizard
from . import vip_enrol
from . import vip_tier_grant
from . import vip_consent_record
from . import vip_transfer_ask
from . import vip_transfer_reject

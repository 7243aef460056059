from . import base_partner_merge
from . import vip_enrol
from . import vip_tier_grant
from . import vip_transfer_ask
from . import vip_transfer_reject

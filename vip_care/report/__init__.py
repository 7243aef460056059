from . import vip_care_effect

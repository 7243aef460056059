from . import vip_message_count

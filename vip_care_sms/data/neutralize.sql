-- A copy of a shop's database must not write to its members.
UPDATE vip_sms_gateway
   SET active = FALSE,
       state = 'paused',
       pause_reason = 'Neutralized',
       url = NULL,
       "user" = NULL,
       secret = NULL,
       callback_secret = NULL,
       sender = NULL,
       options = NULL;
UPDATE res_company SET vip_sms_gateway_id = NULL;
-- Nothing is left over for the day somebody connects a gateway again.
UPDATE vip_message
   SET state = 'cancelled'
 WHERE state IN ('waiting', 'ready');

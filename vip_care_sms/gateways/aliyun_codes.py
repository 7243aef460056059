"""What Alibaba Cloud's answers and reports mean, as data.

From "API error codes" and "receipt error codes" of its SMS documentation (documents
101346 and 101347) and what its platform puts into receipts. A code that is not here is
UNKNOWN: it is looked for at the provider, never sent again by itself.
"""

from .base import LATER, NUMBER, REJECTED, SENT, STOP, TEXT, UNDELIVERED, UNKNOWN

TOMORROW = "tomorrow"  # LATER, not before the next morning there
REFUSED = "refused"  # NUMBER: she refused, the number is right


def _lt(text):
    """Mark a sentence for translation; who shows it translates it."""
    return text


_LIMIT = _lt("The provider takes no more messages for this number today.")
_CREDIT = _lt("No credit is left with the provider.")
_ACCOUNT = _lt("The provider has closed the account or the service: ask it why.")
_RIGHTS = _lt(
    "The access key may not send messages: grant it in the provider's console."
)
_KEY = _lt("The provider does not know the access key or its secret is wrong.")
_SIGNATURE = _lt("The signature is not filed, not approved or blocked at the provider.")
_TEMPLATE = _lt("The template is not approved at the provider, or its code is wrong.")
_CLOCK = _lt("The clock of this server is wrong by more than 15 minutes.")
_PARAMS = _lt("The provider refuses the call itself: this needs its administrator.")
_VALUE = _lt("The provider refuses what stands for a variable of the template.")
_WORDS = _lt("The provider refuses these words.")
_NUMBER = _lt("This is no mobile number, says the provider.")
_REFUSED = _lt("She has refused messages with the provider.")
_BUSY = _lt("The provider is busy.")
_UNCLEAR = _lt("The provider had an error of its own: it may have sent the message.")

# Code: what became of the message, and what to tell people.
RESULTS = {
    # Certainly not taken; tried again soon.
    "Throttling": (LATER, _BUSY),
    "Throttling.Api": (LATER, _BUSY),
    "Throttling.User": (LATER, _BUSY),
    "SignatureNonceUsed": (LATER, _BUSY),
    # Certainly not taken; not before tomorrow.
    "isv.BUSINESS_LIMIT_CONTROL": (TOMORROW, _LIMIT),
    "isv.DAY_LIMIT_CONTROL": (
        TOMORROW,
        _lt("The limit per day that is set in the provider's console is reached."),
    ),
    # Nothing leaves until somebody has seen to it.
    "isv.AMOUNT_NOT_ENOUGH": (STOP, _CREDIT),
    "isv.OUT_OF_SERVICE": (STOP, _CREDIT),
    "isv.ACCOUNT_NOT_EXISTS": (STOP, _ACCOUNT),
    "isv.ACCOUNT_ABNORMAL": (STOP, _ACCOUNT),
    "isv.SECURITY_FROZEN_ACCOUNT": (STOP, _ACCOUNT),
    "isv.PRODUCT_UN_SUBSCRIPT": (STOP, _ACCOUNT),
    "isv.PRODUCT_UNSUBSCRIBE": (STOP, _ACCOUNT),
    "isp.RAM_PERMISSION_DENY": (STOP, _RIGHTS),
    "isv.RAM_PERMISSION_DENY": (STOP, _RIGHTS),
    "NoPermission": (STOP, _RIGHTS),
    "Forbidden.RAM": (STOP, _RIGHTS),
    "isv.MONTH_LIMIT_CONTROL": (
        STOP,
        _lt("The limit per month that is set in the provider's console is reached."),
    ),
    "isv.DENY_IP_RANGE": (
        STOP,
        _lt("The provider takes messages from servers in the mainland only."),
    ),
    "isv.SMS_SIGNATURE_ILLEGAL": (STOP, _SIGNATURE),
    "isv.SMS_SIGN_ILLEGAL": (STOP, _SIGNATURE),
    "isv.SIGN_NAME_ILLEGAL": (STOP, _SIGNATURE),
    "isv.SIGN_STATE_ILLEGAL": (STOP, _SIGNATURE),
    "isv.SIGN_SOURCE_ILLEGAL": (STOP, _SIGNATURE),
    "SIGNATURE_BLACKLIST": (STOP, _SIGNATURE),
    "PORT_NOT_REGISTERED": (STOP, _SIGNATURE),
    "isv.SMS_TEMPLATE_ILLEGAL": (STOP, _TEMPLATE),
    "isv.SMS_SIGNATURE_SCENE_ILLEGAL": (STOP, _TEMPLATE),
    "isv.SMS_TEST_SIGN_TEMPLATE_LIMIT": (STOP, _TEMPLATE),
    "isv.SMS_TEST_TEMPLATE_LIMIT": (STOP, _TEMPLATE),
    "isv.SMS_TEST_NUMBER_LIMIT": (STOP, _TEMPLATE),
    "isv.EXTEND_CODE_ERROR": (STOP, _PARAMS),
    "isv.ONE_CODE_MULTIPLE_SIGN": (STOP, _PARAMS),
    "isv.CODE_EXCEED_LIMIT": (STOP, _PARAMS),
    "isv.CODE_ERROR": (STOP, _PARAMS),
    "isv.INVALID_PARAMETERS": (STOP, _PARAMS),
    "InvalidVersion": (STOP, _PARAMS),
    "InvalidAction.NotFound": (STOP, _PARAMS),
    "MissingPhoneNumbers": (STOP, _PARAMS),
    "MissingSignName": (STOP, _PARAMS),
    "MissingTemplateCode": (STOP, _PARAMS),
    "SignatureDoesNotMatch": (STOP, _KEY),
    "IncompleteSignature": (STOP, _KEY),
    "InvalidAccessKeyId.NotFound": (STOP, _KEY),
    "InvalidAccessKeyId.Inactive": (STOP, _KEY),
    "InvalidAccessKeySecret": (STOP, _KEY),
    "MissingAccessKeyId": (STOP, _KEY),
    "InvalidTimeStamp.Expired": (STOP, _CLOCK),
    "InvalidTimeStamp.Format": (STOP, _CLOCK),
    # This member never.
    "isv.MOBILE_NUMBER_ILLEGAL": (NUMBER, _NUMBER),
    "isv.CUSTOMER_REFUSED": (REFUSED, _REFUSED),
    # Not these words.
    "isv.DOMESTIC_NUMBER_NOT_SUPPORTED": (
        TEXT,
        _lt("The template was filed for numbers abroad."),
    ),
    "isv.SMS_CONTENT_ILLEGAL": (TEXT, _WORDS),
    "isv.SMS_CONTENT_MISMATCH_TEMPLATE_TYPE": (
        TEXT,
        _lt("Care and advertising need a template that was filed as marketing."),
    ),
    "isv.UNSUPPORTED_CONTENT": (
        TEXT,
        _lt("The provider sends no traditional characters, pictures or rare signs."),
    ),
    "isv.BLACK_KEY_CONTROL_LIMIT": (TEXT, _VALUE),
    "isv.PARAM_LENGTH_LIMIT": (TEXT, _VALUE),
    "isv.PARAM_NOT_SUPPORT_URL": (TEXT, _VALUE),
    "isv.TEMPLATE_PARAMS_ILLEGAL": (TEXT, _VALUE),
    "isv.TEMPLATE_MISSING_PARAMETERS": (TEXT, _VALUE),
    "isv.INVALID_JSON_PARAM": (TEXT, _VALUE),
    # It may have left.
    "isp.SYSTEM_ERROR": (UNKNOWN, _UNCLEAR),
    "isp.GATEWAY_ERROR": (UNKNOWN, _UNCLEAR),
    "InternalError": (UNKNOWN, _UNCLEAR),
    "ServiceUnavailable": (UNKNOWN, _UNCLEAR),
}

# What a receipt with success = false means; the carriers' own codes have no end and
# are UNDELIVERED.
RECEIPTS = {
    "REQUEST_SUCCESS": SENT,  # handed to the carrier, which never said more
    "MOBILE_NOT_ON_SERVICE": UNDELIVERED,
    "INVALID_NUMBER": UNDELIVERED,
    "MOBILE_ACCOUNT_ABNORMAL": UNDELIVERED,
    "MOBLLE_TERMINAL_ERROR": UNDELIVERED,  # as the provider writes it
    "SP_UNKNOWN_ERROR": UNDELIVERED,
    "IS_CLOSE": REJECTED,
    "PARAMS_ILLEGAL": REJECTED,
    "MOBILE_SEND_LIMIT": REJECTED,
    "MOBILE_IN_BLACK": REJECTED,
    "CONTENT_KEYWORD": REJECTED,
    "CONTENT_ERROR": REJECTED,
    "SP_NOT_BY_INTER_SMS": REJECTED,
    "USER_REJECT": REJECTED,
    "NO_ROUTE": REJECTED,
    "PORT_NOT_REGISTERED": REJECTED,
    "MBBLACK": REJECTED,
    "REJECTD": REJECTED,
}
REFUSALS = {"USER_REJECT", "MOBILE_IN_BLACK", "MBBLACK"}

"""The selections that care rules, texts and tasks share. Keys are stored for ever."""

from .vip_consent import PURPOSES as CONSENT_PURPOSES

TRIGGERS = [
    ("birthday", "Birthday"),
    ("special_day", "Special day"),
    ("family_birthday", "Birthday in the family"),
    ("festival", "Festival"),
    ("season", "Season change"),
    ("weather", "Weather warning"),
    ("activity", "Activity"),
    ("arrivals", "New arrivals"),
    ("enrolment", "Enrolment"),
    ("data_check", "Profile incomplete"),
    ("purchase", "Purchase"),
    ("high_value", "High-value purchase"),
    ("referral", "First purchase of somebody referred"),
    ("referred", "First purchase after a referral"),
    ("drop", "Buys less than before"),
    ("edge", "Becomes edge"),
    ("dormant", "Becomes dormant"),
    ("lost", "Becomes lost"),
    ("points_lapse", "Points about to lapse"),
    ("points_reminder", "Points to use"),
    ("tier_lapse", "Tier about to lapse"),
    ("card_lapse", "Card about to become invalid"),
    ("top_spender", "Top spender of the year"),
    ("monthly_call", "Monthly call"),
    ("visit_plan", "Yearly visit"),
]
CHANNELS = [
    ("call", "Call"),
    ("visit", "Visit"),
    ("gift", "Gift"),
    ("message", "Message"),
    ("service", "Service"),
]
# Those of `tools/message_guard.py`.
TEXT_KINDS = [
    ("greeting", "Greeting"),
    ("season", "Season care"),
    ("birthday", "Birthday"),
    ("thanks", "Thanks"),
    ("service", "Service"),
    ("points", "Points and card"),
    ("invitation", "Invitation"),
    ("apology", "Apology"),
]
PURPOSES = [
    (key, label)
    for key, label in CONSENT_PURPOSES
    if key in ("service", "care", "marketing")
]
STATES = [
    ("planned", "Planned"),
    ("done", "Done"),
    ("skipped", "Skipped"),
    ("cancelled", "Cancelled"),
    ("expired", "Expired"),
]
# Why a contact is not made.
GUARDS = [
    ("refused", "She refused"),
    ("no_contact", "Wishes no contact"),
    ("consent", "No consent"),
    ("complaint", "Open complaint"),
    ("mourning", "In mourning"),
    ("solemn", "Solemn day"),
    ("unreachable", "No number to reach her"),
    ("audience", "Not known to be one"),
    ("repeat", "Kept already"),
    ("cap", "Contacted too recently"),
    ("outranked", "A more important occasion"),
    ("days", "Not one of her days"),
    ("hours", "Not at this hour"),
    ("load", "Too many for one day"),
    ("no_text", "No words left"),
    ("words", "Words refused by the message guard"),
    ("late", "Too late"),
    ("holdout", "Held out to measure the effect"),
    ("left", "No member any more"),
    ("rule", "Care rule switched off or changed"),
    ("changed", "Its day was corrected"),
    ("moved", "Moved to another company"),
]
OUTCOMES = [
    ("reached", "Reached"),
    ("not_reached", "Not reached"),
    ("sent", "Sent"),
    ("visited", "Visited"),
    ("given", "Given"),
    ("coming", "Will come by"),
    ("bought", "Bought"),
    ("complaint", "Complained"),
    ("wrong_number", "Wrong number"),
    ("refused", "Wishes no more contact"),
]
SKIP_REASONS = [
    ("met", "Met in the store"),
    ("known", "Already looked after"),
    ("wish", "Her wish"),
    ("unsuitable", "Not the right moment"),
    ("wrong", "The occasion is wrong"),
    ("other", "Other"),
]

from . import test_standing_class
from . import test_standing_rules
from . import test_standing_tier
from . import test_collect
from . import test_standing_oracle
from . import test_standing_review

"""Word lists of the message guard: money, and what may be told in percent.

Sources: design.md section 6.1 (what a greeting never carries) and issue 5, "Words".
Every entry is a piece of a regular expression in lower case and simplified script;
guard_variants lists the traditional (and look-alike) form of each character, so that
an entry is found in either script and in a mixture of both. A space in an entry stands
for any run of spaces and hyphens, or none; a Latin entry is found as whole words only.
No entry has an unbounded repetition inside another: time stays linear.
"""

_DIGIT = "[0-9一二三四五六七八九两]"
NUMERAL = "[零〇一二三四五六七八九两十百千万]"
NUMBER = f"(?:[0-9]{{1,6}}|{NUMERAL}{{1,9}})"
_NUMBER_EN = (
    "(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|eighteen"
    "|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand)"
)

PRICE = (
    r"(?:nt|hk|us|rmb|cny|usd|hkd|twd)? ?[¥$€£] ?[0-9][0-9,.]{0,12}",
    r"(?:rmb|cny|usd|hkd|twd|ntd?|eur|gbp) ?[0-9][0-9,.]{0,12}",
    r"[0-9][0-9,.]{0,12} ?(?:多|几|来)?(?:元(?!旦|宵|气|素|月)|块钱|圆整|蚊|rmb|cny|usd"
    r"|hkd|ntd|twd|eur|gbp|yuan|dollars?|euros?|pounds?|bucks|quid)",
    rf"(?:{NUMERAL}{{2,9}}|[十百千万])[多几来]?(?:元(?!旦|宵|气|素|月)|块钱|蚊|大洋)",
    rf"(?:{NUMERAL}{{2,9}}|[0-9]{{1,8}})块(?=[,。!]|$)",
    rf"[几{NUMERAL[1:-1]}]{{1,5}}[多几来把]块(?![月糕肉石布])|[几百千]块(?=就|能|起|多"
    rf"|的)",
    # 九百九: money as it is said, and no count of days or men.
    rf"[一二三四五六七八九两几][百千万][一二三四五六七八九](?!{NUMERAL}"
    rf"|[天年月日个位人"
    r"里米公页岁步度])",
    rf"(?:[0-9]{{2,6}}|{NUMERAL}{{2,9}})(?:有找|就能[拿带买入]|就可[拿带买入]|带走"
    rf"|拿下"
    r"|抱走|带回家|包邮|搞定|入手)",
    rf"{_NUMBER_EN}(?: ?(?:and )?{_NUMBER_EN}){{0,4}} (?:pounds|dollars|euros|yuan|quid"
    r"|bucks|hong kong dollars)(?! of)",
    r"[0-9]{1,4}\.(?:99|95)(?![0-9])|starts? from [0-9]",
    "特价|原价|售价|现价|价格|低价|底价|标价|一口价|吊牌价|会员价|员工价|成本价|进价"
    "|友情价"
    f"|早鸟价|(?:只要|仅需|仅要|只需|才卖|只卖|卖)(?:[0-9]{{1,8}}"
    f"|{NUMERAL}{{2,9}})(?![0-9]"
    f"|{NUMERAL}|[分个天小站步人公位名])|(?:只要|仅需){NUMERAL}{{1,9}}[元块]|免运|包邮",
    "(?:vip|专享|尊享|尊荣|独享|专属|贵宾|亲友|老友|闺蜜|内购) ?价(?!值)",
    r"prices?|priced|cheap(?:er|est)?|affordable|inexpensive|free (?:shipping"
    r"|delivery)",
)
DISCOUNT = (
    rf"{_DIGIT}[.点]?{_DIGIT}?折(?!叠|射|腾|服|枝|返|磨|痕|中|好|起来|成)",
    "(?<!不)打折|折扣|折上|骨折价|几折|(?:全场|全馆|一律)对折|折起|折优惠|折封顶",
    f"(?:{NUMBER}|打) ?zhe|(?:{NUMBER}|打)ㄓㄜ|ㄓㄜ.?扣|you ?hui(?!\\s[a-z])|cu ?xiao"
    "|zhe ?kou|tejia",
    "优惠|特惠|钜惠|巨惠|惠赠|让利|立减|直降|半价|第二件|低至|满额|优惠码|折扣码|下杀"
    "|杀到"
    "|破盘|好康|划算|超值|捡便宜|羊毛党|薅羊毛|免单|吊牌的?一半|价一半|一半的?价",
    rf"满 ?{NUMBER}元?.{{0,4}}?[减送赠返省抵折]|满[千百](?:送|赠|减|折)"
    rf"|买{NUMERAL}{{1,9}}[送赠]"
    "|买[0-9]{1,8}[送赠]|买[一几]?件?[送赠]|加(?:[0-9]{1,8}|一|"
    f"{NUMERAL}{{1,9}})元?(?:多一件|换购|购)|加价购",
    rf"(?:[减省降少]|便宜)(?:您)?{NUMERAL}{{1,9}}成|{NUMERAL}成(?:优惠|价|的价)",
    rf"(?:立|再|可|能|直接|现|又|最高|最多|帮您|各|就|先|直)[减省](?:[0-9]{{1,8}}"
    rf"|{NUMERAL}{{2,9}}"
    rf"|{NUMERAL}[元块成])"
    rf"|(?:直接|立|现场|当场|再)减|(?:少收|少付|少算)"
    "|算(?:您)?便宜|最低价|给您(?:最低|内部|员工|底)价?|内部价",
    "对半砍|砍价|砍一刀|零利率|免息|分期|(?:两|三|二|[23])件(?:一起)?[减送]|买贵|骨折",
    # 充500送100; nobody puts a wish into figures.
    rf"(?:(?<![补填扩])充值?|储值?|预存|加值)(?:满|上|够)?(?:[0-9]{{2,6}}|{NUMERAL}{{2,9}})元?"
    rf"[^,。]{{0,3}}(?:[送赠得返抵当]|再多|给您)",
    "(?<![灵情己心身])(?:储值|充值|预存|加值)[^,。]{0,8}(?:送|赠|返|有礼)"
    "|多[充存]多[送赠得]",
    "代金券|抵用券|购物金|折价券|现金券|礼券|消费券|礼金|满减券|抵扣券|兑换券|体验券"
    "|折抵券"
    "|[元块百][^,。]{0,3}[券卷]|(?:送|赠|发|领|有|张)[^,。]{0,4}券|卡券|用券|券后"
    "|打个?(?:对|[几一二三四五六七八九]{1,2})折|抹(?:个|掉|去)?零|(?:走|按|用"
    "|给您)[^,。]{0,3}(?:内部|员工|会员|亲友)(?:价|折)|算您|给您算|便宜"
    "|让您[一二三四五六七八九]成|第[二三2][件位双条]"
    "|优待|抢红包|领红包|红包雨|抵扣红包|零元|免费(?:领|送|试|抽|拿|换|体验|得)",
    "(?:双倍|[2-9]倍|三倍|多倍)(?:积分|点数|红利)|(?:积分|点数|红利)[^,。]{0,3}(?:翻倍"
    "|加倍"
    "|双倍|双享|双送|翻番|[2-9两三五]倍)|(?:送|赠|额外)[^,。]{0,4}积分",
    r"(?:half|[0-9]{1,3}) off|off (?:all|every|the price|full|anything|everything|your)"
    r"|half (?:the )?(?:price|cost)|half its price|(?:a|one) (?:third|quarter|fifth"
    r"|half)"
    r" (?:off|less|cheaper)|(?:third|quarter|fifth|tenth|half) off|(?:pounds|dollars"
    r"|money|euros) off|two thirds off",
    r"discount(?:s|ed)?|vouchers?|coupons?|promo(?:tions?|tional| code)?|bogo"
    r"|(?:use|with|enter|quote|apply) (?:the |this |my |our )?code"
    r"|code [a-z]{2,12}[0-9]{1,4}",
    r"(?:[2-9]|[1-9][0-9])(?:\.[0-9])? ?[x×] (?:the |your |bonus |reward )?"
    r"(?:points|rewards|stamps|stars)|(?:points|rewards) [x×] ?[2-9]"
    r"|twice as many points"
    r"|points (?:are |is |will be )?worth (?:twice|double|two|three|triple)"
    r"|(?:points|rewards) (?:are|is|will be|have been) (?:doubled|tripled)"
    r"|we(?:'ll)? (?:will )?add (?:another )?[£$€¥]?[0-9]{2,5}(?![0-9]| point)"
    r"|top up (?:by |with |of )?[£$€¥]?[0-9]|get [0-9]{1,5} (?:free|extra|more|back)",
    r"two for (?:one|the price)|three for two|[23] for [12]|store credit|buy one"
    r"|cash ?back|rebates?|mark ?downs?|marked down|reduced (?:to|by|from)|further"
    r" reductions?|bargains?|(?:double|triple|bonus|extra|twice the) points"
    r"|points (?:count )?(?:double|triple)",
    rf"(?:save|saving)s? (?:up to |yourself |you |of )?(?:[0-9£$€¥]|{_NUMBER_EN}|half"
    rf"|big"
    r"|a (?:little|lot|third)|more when)|(?:special|exclusive|festive|birthday|member"
    r"|limited|best|latest|our) (?:offers?|deals?|rates?)|great (?:offers?|deals)"
    r"|on offer"
    r"|a steal"
    r"|gift (?:cards?|certificates?|vouchers?)|friends and family|special price"
    rf"|on special|knock(?:ed)? .{{0,12}}off|take (?:[0-9£$€]"
    rf"|{_NUMBER_EN}).{{0,12}} off",
)
# Apart from DISCOUNT, because weather and fabrics are told in percent too.
PERCENT = (
    r"(?!100 ?%(?! ?off))(?<![0-9])[0-9o]{1,3}(?:\.[0-9])? ?(?:%|percent|per cent|趴)"
    r"(?: ?off)?",
    rf"{_NUMBER_EN}(?: {_NUMBER_EN})? (?:percent|per cent)(?: off)?",
    rf"百分之(?!百){NUMERAL}{{1,9}}",
)
WEATHER = (
    "湿度|概率|几率|机率|降水|降雨|有雨|云量"
    "|humidity|chance|probability|rain|snow|cloud"
)
FIBRE = (
    "羊毛|羊绒|棉|真丝|桑蚕丝|蚕丝|丝|涤纶|亚麻|麻|聚酯|聚酯纤维|氨纶|锦纶|尼龙|腈纶"
    "|粘纤|粘胶"
    "|莫代尔|莱赛尔|天丝|弹性纤维|羊驼毛|马海毛|绒|纤维|cotton|wool|silk|linen|cashmere"
    "|polyester|viscose|nylon|elastane|spandex|lyocell|modal|acrylic|mohair|alpaca|down"
)

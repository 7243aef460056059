"""Word lists of the message guard: goods, events and baits, and what excuses them.

Written as guard_money is, where the manner of writing them is told.
"""

from .guard_money import NUMBER
from .guard_words import REPLY

_NEAR = "[^.。!?;\n]"  # within one sentence
_WORDS = r"(?:[a-z']{1,12}\s){0,3}"

_GARMENT_ZH = (
    "大衣|外套|羽绒|羊绒|羊毛|开衫|毛衣|针织|衬衫|衬衣|连衣裙|洋装|裙|裤|西装|西服|旗袍"
    "|风衣|围巾|丝巾|领带|披肩|(?<![体抚怜])恤|卫衣|夹克|马甲|背心|皮衣|皮草|衣服|衣裳"
    "|新衣|真丝"
    "|单品|套装|礼服|披风|棉服|棉衣|发热衣|保暖衣|内衣|睡衣|家居服|泳衣|牛仔|大褛|冷衫"
    "|靴|鞋|腰带|皮带|帽子|手套|包包|手袋|提包|首饰|项链|耳环|手表|香水|配饰"
)
_GARMENT_EN = (
    "(?<![a-z])(?:coat|jacket|dress(?!ed)|skirt|trousers?|shirt|knitwear|knit|cashmere"
    "|scarf|scarve|suit(?!s? you|ed)|sweater|jumper|hoodie|blouse|gown|cardigan|linen"
    "|wool|boot|shoe|trainer|loafer|sandal|handbag|bag|tote|belt|glove|hat|jeans|chino"
    "|parka|trench|blazer|waistcoat|gilet|tee|outfit|earring|necklace|accessorie"
    "|outerwear|swimwear|pyjama)(?:e?s)?(?![a-z])"
)
_OFFER_ZH = (
    "新款|新品|新到|新出|新进|刚到|刚进|我们家新|到店|到货|有货|上架|上市|上齐"
    "|(?<!不)推荐|适合您|好适合|[很好真最更][配衬搭](?:您|它|这|,|$)|很搭|最搭|蛮搭"
    "|[配衬搭](?:您|它|这).{0,6}(?:正好|刚好|合适|好看|一绝)|给您搭|帮您搭"
    "|[给为帮替]您(?:留|挑|选|订|预留|保留)|(?:第一|立刻|马上"
    "|就)[^,。]{0,4}想[到起]了?您"
    "|入手|热卖|热销|爆款|百搭|限量|现货|断码|断货|补货|抢手|最后[一几两]?[件条双]|显瘦"
    "|显白"
    "|显高|[黑白红蓝灰粉][^,。]{0,3}都有|(?:颜色|尺码|码数|号码)[^,。]{0,3}(?:都有|齐)"
    "|自用|送人|送礼|该换(?!季)|该添|添置|值得拥有|[买选入]一?[件条双套]|[这那]款"
    "|试试|试一下|上身|尺寸|料子|是给您|为您做|同系列|同款|[长短]款|(?:也|都|刚|已)到了"
    "|剩您|只剩"
    "|扣着|压着|惦记|有件|有条|有双|系列"
)
_WELL = (
    "(?:so |very |just )?(?:well|beautifully|nicely|perfectly|wonderful|perfect|lovely)"
)
_ASIDE = "(?:set|put|laid|kept|saved|reserved|held|holding|keeping)"
_OFFER_EN = (
    r"our (?:new|latest|finest)|what you need|might (?:also )?(?:like|love)|picked"
    r"|(?<!not\s)recommend|perfect (?:for you|with)|made for you"
    rf"|{_ASIDE} {_WORDS}(?:aside|back|for you)|in stock|just (?:arrived|landed|come in"
    rf"|got)"
    rf"|just in(?! case| time)|new in|try (?:on|it|them|one)|you would look|you'd look"
    rf"|(?:goes?|looks?|pairs?) {_WELL} (?:with|on)|would (?:go|look) {_WELL}"
    rf"|in your size|your size|the (?:set|pair) (?:too|as well)|matching"
    "|you tried|you liked|you (?:were )?look(?:ed|ing) at|(?:is|are) back(?:,| and"
    "| in your)|has come in"
    "|(?:in|here) as well|six shades|new colou?rs?"
    "|in (?:two|three|four|five|six|seven|several|many|all|new) (?:colou?rs|shades"
    "|sizes)"
)
# Ours, not hers, when the garment follows: "店里的裙子".
_OURS = "店里的|我们的|我们家|我家|本店"
_NEW = "新到|新进|新来|刚到|刚进|刚来|刚上|才到"
_GIFT = (
    "惊喜|好礼|有礼|礼物|礼品|小礼|礼遇|生日礼|大礼|赠礼|赠品|福利|伴手礼|专属礼|薄礼"
    "|福袋|回馈|回礼|奖励|小心意|份心意|份礼|奖品|礼包|红包"
)
_AT_STORE = "到店|来店|进店|店里|店内|店中|门店|门市|柜台|专柜|本店|柜上|莅临|光临|小店"
_GIFT_EN = (
    "surprise|gift|treat|present|little something|something special|goodie|reward|perk"
    "|goody bag|prize|token|small something"
)
_AT_STORE_EN = (
    "in store|(?:in|at) (?:the|our) (?:store|shop|boutique|counter)|waiting|waits"
    "|awaits?|behind the|is ready|pick (?:it|one|yours)|collect|drop (?:in|by)|for you"
    "|claim|next (?:time|visit)|ask (?:me|us)|on us|with your name"
)

PRODUCT = (
    rf"(?:{_OFFER_ZH}){_NEAR}{{0,14}}?(?:{_GARMENT_ZH})",
    rf"(?:{_GARMENT_ZH}){_NEAR}{{0,14}}?(?:{_OFFER_ZH})",
    rf"(?:新款|新到|到货|推荐|[这那]款|给您留){_NEAR}{{0,14}}?(?:{_GARMENT_EN})",
    rf"(?:{_OURS}){_NEAR}{{0,8}}?(?:{_GARMENT_ZH})",
    "(?:新款|新品)(?!到|已|上|发布|来)",
    f"[给为帮替]您(?:预|保)?留(?:了|着|好)?{NUMBER}?[件条双套款]|(?:来|到"
    f"|进)了{NUMBER}?[批款]"
    f"|(?:{_NEW})(?:了|的)?[一几那这]?[批款件]|(?:新|好看的?|漂亮的?|好多|不少"
    f"|[几两]个?)款式"
    "|新货|尖货|当季款|主打款|秋冬款|春夏款"
    "|[这那][款条件双][^,。]{0,3}[很最][^,。]{0,3}(?:[配搭]|衬您|适合)",
    rf"(?:{_OFFER_EN}){_NEAR}{{0,40}}?(?:{_GARMENT_EN})",
    rf"(?:{_GARMENT_EN}){_NEAR}{{0,40}}?(?:{_OFFER_EN}|for you to try)",
    rf"(?:our|(?:we|i) have (?:a|some|new|several)|(?:we"
    rf"|i)'ve got) {_WORDS}(?:{_GARMENT_EN})",
    "您(?:的|穿的|要的)(?:尺码|尺寸|码数?(?!头))[^,。]{0,3}(?:到[了货]|有货|补货|回来了"
    "|齐了|还有)",
    r"your size (?:is |are |has |just |now |back |come |again ){1,3}(?:here|in stock"
    r"|in store|in(?=[.,!]|$)|on the r(?:ack|ail)|ready|waiting|hanging|arrived|landed)"
    r"|(?:something|a few|some|plenty|lots|pieces?|styles?) in your size|in your size "
    r"(?:came|just|arrived|ha(?:s|ve) (?:come|arrived|landed))"
    r"|(?:we|i) have your size"
    r"|(?:kept|saved|held|reserved|holding|keeping) (?:a|one|your) size",
    rf"(?:pieces?|styles?|looks?|outfits?) (?:that )?(?:you will|you'll|you would"
    rf"|you'd) "
    rf"(?:like|love|adore)|new (?:pieces|styles|looks|stock|range)|would suit you"
    rf"|{_ASIDE} {_WORDS}aside .{{0,8}}for you",
)
# A wish has no wardrobe: whatever is worn is goods there, but for care of the cold.
WORN = (_GARMENT_ZH.replace("|衣服|衣裳|新衣", ""), _GARMENT_EN)
CARE = (
    "[添加披穿戴裹带盖系收晒]|别忘|(?<![a-z])(?:wear|wrap|bring|take|button|put on|pack"
    "|your)(?![a-z])"
)
EVENT = (
    "会员(?:日|周|月|节)|贵宾(?:日|周|节)|(?:周年|年终|年中|店|开业|感恩)庆|大促|促销"
    "|特卖"
    "|甩卖|清仓|出清|换季出清|私享会|私卖会|封馆|花车|秒杀|拼团|嗨购|狂欢|购物节|盛典"
    "|内购",
    "预览会|鉴赏会|品鉴会|发布会|见面会|分享会|体验会|满额摸彩|舞狮|贵宾之夜|会员之夜"
    "|vip ?(?:之夜|日|夜|专场)|抽奖|摸彩|开业"
    "|开跑|双十一|双十二|双1[12]|618大?|黑五|答谢[会宴]|沙龙|品酒会|茶会|酒会|试衣会"
    "|快闪"
    "|专场|首发|直播|预售",
    "(?:优惠|促销|会员|店内|门店|品牌|我们的|本店|新春|参加|专属|店里|店里有|有个?|搞"
    "|做|办)活动",
    "活动(?:时间|期间|现场|进行|火热|详情|开始|截止|价|多多|不断|来袭)|大动作|大动静",
    rf"(?:新款|新品|新装|[春夏秋冬]装|新季){_NEAR}{{0,8}}?(?:到店|到货|上市|上架"
    rf"|登场|来了|发布)",
    "[春夏秋冬]装(?:都|已|已经|也)?到(?:了|齐)|看秀|走秀"
    "|(?<![更再])上新(?:[了啦款中,。!]|$)|新品上市|新系列|开卖|热卖中",
    r"(?:flash |private |summer |winter |sample |season )?sales?|clearance"
    r"|new arrivals?"
    r"|new collections?|(?:spring|summer|autumn|winter|cruise) collection",
    r"(?<!in\sthe\s)(?<!in\sany\s)events?(?! of)|members?'? (?:day|evening|night|week"
    r"|preview)|vip (?:day|evening|night|event|weekend)|(?:shopping|styling) (?:evening"
    r"|night|session|day|event)|fashion show|previews?|masterclass|workshop|open house"
    r"|open evening|save the date|join us (?:for|at|on|this|in store)"
    r"|(?:you are|you're) invited|(?:lucky|prize) draw|raffle|giveaways?",
    r"black friday|cyber monday|singles' day|trunk show|pop up|(?:our"
    r"|store) anniversary"
    r"|launch(?:es)?|prosecco|trunk (?:evening|day)|(?:evening|party|night|preview"
    r"|soir.e|tea) (?:is |takes place |will be )?on (?:the "
    r"[0-9]|(?:mon|tues|wednes|thurs|fri|satur|sun)day)|canap.s|champagne (?:evening"
    r"|reception)|drinks reception",
    r"private (?:viewing|preview|evening|shopping)|just (?:landed|dropped)|look ?book"
    r"|open day",
)
BAIT = (
    rf"(?:{_AT_STORE}){_NEAR}{{0,12}}?(?:{_GIFT})",
    rf"(?:{_GIFT}){_NEAR}{{0,12}}?(?:{_AT_STORE}|等您|等着您|待您|在等|静候|领取|来取"
    rf"|来拿"
    rf"|来拆|来领|兑换|凭此|请笑纳|即享|相赠|奉上|查收)",
    "神秘(?:好礼|礼物|大礼|小礼|惊喜)|惊喜多多|惊喜不断|抽(?:大奖|iphone|手机|现金|红包"
    "|好礼)"
    "|再抽|抽抽乐|刮刮|转盘|扭蛋|有奖|中奖|来就送|到就送|人人有份|见面礼|入会礼|满额礼"
    "|来店礼"
    "|免费的?(?:咖啡|下午茶|茶点|饮品)|[送赠请][给]?您(?:喝|吃|一[份个支杯张束条瓶盒]"
    "|[一个小份]{0,2}礼)"
    "|领(?:一|个|份|取)[^,。]{0,5}(?:礼|品|惊喜|心意)|礼[^,。]{0,2}送您|顺手[领拿]"
    "|来[领拿取][^,。]{0,4}礼",
    rf"[为给帮]您(?:准备|预备|备|留|带)[好了下着]{{0,2}}{_NEAR}{{0,8}}?(?:惊喜|好礼"
    rf"|礼物|礼品|小礼"
    rf"|大礼|份礼|心意|礼盒|生日礼|好东西|香槟|甜点|蛋糕)",
    f"{REPLY}[^。]{{0,6}}(?:领(?!略|会|悟|情)|兑|抽|抢|即享|可享|得礼|名额|有礼"
    "|送(?![到货回]))"
    "|领礼(?!仪)|(?<![带引率首统])领(?:取|了|一?[份盒个朵枝束杯])?[^,。]?(?:粽|月饼|汤圆"
    "|元宵|康乃馨|玫瑰|鲜花|花束|咖啡|甜点|蛋糕|香囊|春联|对联|福字|饮品|茶点)",
    rf"备了?[一份些点]{{1,2}}{_NEAR}{{0,6}}?(?:心意|薄礼|小礼|好礼|礼物|惊喜)",
    rf"(?:{_GIFT_EN})s? {_NEAR}{{0,40}}?(?:{_AT_STORE_EN})",
    rf"(?:in store|boutique|at our counter){_NEAR}{{0,30}}?(?:{_GIFT_EN})",
    rf"(?:ask me|ask us|next time|when you (?:come|visit|call)|put aside|set aside|kept"
    rf"|have got){_NEAR}{{0,30}}?(?:{_GIFT_EN})",
    "(?:free|complimentary|birthday) (?:gifts?|tote|treats?|goody|coffee|champagne"
    "|glass)"
    "|on the house|(?:coffee|drinks?|tea|lunch) (?:is|are) on us|freebies?"
    "|chance to win|win (?:a|an)"
    "|bring a friend|with your name on|(?:glass|bottle) of (?:bubbles|champagne"
    "|prosecco|wine)"
    "|(?:parcel|hamper|goodies|chocolates?|cupcakes?) .{0,24}(?:for you|here|waiting)",
)

# A sentence that wishes offers nothing.
WISH = "愿|祝|(?<![a-z])(?:may|wish(?:ing)?)(?![a-z])"
AT_STORE = f"{_AT_STORE}|store|shop|boutique|counter"
# Before a garment that is hers already.
HERS = (
    "您(?:的|订|定|送|购|买|选|取|那|改|修|洗)|您[^,。]{0,6}(?:[留寄交送存](?:在|来|修"
    "|洗|改)"
    "|上次|上周|之前|那天|昨天)|(?<![a-z])your(?![a-z])"
)

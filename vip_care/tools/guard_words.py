"""Word lists of the message guard: what leads away, presses or pries.

Written as guard_money is, where the manner of writing them is told.
"""

_TLD = "com|cn|net|org|shop|top|vip|ly|me|tw|hk|cc|co|io|xyz|page|ee|link|site|info|app"
_DIGIT_EN = (
    "zero|oh|nought|one|two|three|four|five|six|seven|eight|nine|double|treble|triple"
)

# "回复1", of a text message; an answer in words is asked for by people.
REPLY = (
    '回(?:复|个|["“「『‘]) ?["“「『‘]?(?:数字)?[a-z]?[0-9]{1,3}'
    "(?![0-9个声句条字次天日下年月小])"
)
LINK = (
    r"https?|www ?\.",
    r"(?<![a-z0-9-])[a-z0-9][a-z0-9-]{0,40}"
    rf"(?:\.| \. ?| ?[(\[]?(?:dot|点)[)\]]? ?)(?:{_TLD})",
    r"(?<![a-z0-9-])[a-z0-9-]{2,40}[。,·](?:com|cn|net|ly|cc|io|tw|hk)(?:[/。.]"
    r"|(?![a-z]))",
    r"(?<![a-z0-9._-])[a-z0-9._-]{1,40}@[a-z0-9]",
    "绿泡泡|(?:我的|加我?的?)赖|赖我|赖是|(?:号码|帐号|账号|id)[是:][a-z]|朋友圈|私信"
    "|私讯|私我",
    r"(?<![a-z0-9])@[a-z0-9_]|dm (?:us|me)|follow (?:us|me)|(?:our|my) (?:app|page"
    r"|profile)",
    "[微薇溦] ?信|[v卫] ?信 ?号?|加(?:我|个)?[微薇v]|[微薇溦v卫] ?[❤♥💚芯]|加(?:个"
    "|我)?好友"
    "|互加|企微|微商|(?:ins|ig|脸书|粉专|粉丝团)",
    r"v ?x|w ?x|wei ?xin|we ?chat|whats ?app|telegram|insta(?:gram)?|facebook|tik ?tok"
    r"|pinterest|snapchat|messenger|youtube|viber|xiaohongshu|red ?note",
    "公众号|小程序|二维码|扫码|扫一扫|扫(?:描)?(?:下|以下|图|这|此|左|右)|扫描|抖音"
    "|小红书|微博|qq号?"
    "|q群|视频号|直播间|快手|淘宝|天猫|京东|拼多多|虾皮|网店|商城|网页|网站|官微|群里"
    "|进群|入群"
    "|红薯|大众点评|评价一下|给(?:个)?(?:好评|五星)|五星好评|打(?:个)?分|关注(?:我|我们"
    "|一下)|搜(?:我|索|一下)|同号"
    "|粉丝群|会员群|社群|拉您进|长按|识别图|方格码|条码|口令",
    "line ?(?:id|@|帐号|账号|官方|我|:)|(?:官方|加|我的) ?line|@line",
    r"qr|qr ?code|scan (?:the|this|our|here|me|below)|bar ?code",
    "链接|连结|网址|官网|点击|点开|戳(?:这|我|一下|下)|点(?:这里|此|下方|下面|进来"
    "|一下)|按此|按这里",
    r"click|tap (?:here|the|this)|links?|web ?site|url|online (?:store|shop)|web ?shop"
    r"|e shop|in (?:my|our) bio|download|find (?:me|us) on|add me|hashtag|google"
    r"|trustpilot|yelp|(?:five|5) stars?|leave (?:us|me) a|review (?:us|online)|rate us"
    r"|subscribe"
    r"|(?:on|my|our) (?:ig|insta)|message me on",
)
PHONE = (
    r"(?<![0-9])\+?[0-9](?:[ \-().]{0,2}[0-9]){7,14}(?![0-9])",
    r"[0-9零〇一二三四五六七八九幺](?:[ \-.]?[0-9零〇一二三四五六七八九幺]){6,15}",
    rf"(?=[0-9 +]{{0,12}}(?:{_DIGIT_EN}))(?:(?:{_DIGIT_EN}|hundred"
    rf"|[0-9]{{1,4}}) ?){{6,15}}",
    "打我(?:的)?(?:电话|手机)|给我(?:打|来)(?:个)?电话|拨打|手机号|(?:我的|店里)(?:电话"
    "|手机)(?:是|:)"
    "|(?:请|可|欢迎|随时|敬请)(?:您)?(?:来电|致电)|电话联系|专线|热线",
    r"(?:call|ring|text|phone) (?:me|us)|my (?:number|mobile|cell)|give (?:me|us) a "
    r"(?:call|ring)",
)
# Look like numbers to dial and are not: dates, years and hours.
NO_PHONE = (
    r"(?<![0-9])(?:19|20)[0-9]{2} ?[-./年] ?[0-9]{1,2} ?[-./月] ?[0-9]{1,2}(?![0-9])"
    r"|(?<![0-9])(?:19|20)[0-9]{2} ?[-~至到/] ?(?:19|20)[0-9]{2}(?![0-9])"
    r"|(?<![0-9])[0-9]{1,2}[.:][0-9]{2}(?: ?[-~至到] ?[0-9]{1,2}[.:][0-9]{2})?(?![0-9])"
)
PRESSURE = (
    "快来|速来|速抢|速回|抢购|开抢|疯抢|限时|机不可失|先到先得|手慢无|名额有限|售完即止"
    "|倒计时|倒数|不容错过|别错过|不要错过|勿错过|名额(?:只|不多|告急|仅)|(?:只|仅)剩"
    "|所剩无几"
    "|最后[几一两三][席位名个]|晚了就没|过期不候|逾期不候|把握机会|欲购从速|卖完"
    "|白白浪费|可惜了",
    "赶[快紧](?!添|加|穿|戴|回家|休息|喝|好|把|收|关|量|找个|洗)|(?:就|马上"
    "|快要)(?:没了|没有了|清零了)|太可惜|抓紧(?:来|兑|买|购|时间|用|$|[!,。])|立即(?:来"
    "|购|下单|抢|兑|到店)|快(?:用掉|兑|抢|领|回复|报名|上车)",
    "错过(?:等|可惜|不再|就没|遗憾|再等)|(?<!于)最后(?:一天|机会|[0-9]{1,8}天|[三两]天)"
    "|晚来就没|再不[来换买兑用]|冲一波|马上(?:来|抢|下单)",
    r"(?<!no\s)(?<!not\s)hurry|last chance|(?:don't|do not|never) miss|act (?:now|fast)"
    r"|be quick|hurry up|book now|going fast|nearly gone|almost gone",
    r"while stocks? lasts?|limited (?:time|stock|quantit(?:y|ies)|places)|today only"
    r"|only today|only (?:a few|two|three|four|five|[0-9]) (?:places|seats|spots|left)"
    r"|running out|final call|last (?:few|day|days) (?:to|of)|use (?:it|them) or lose",
    r"ends (?:soon|tonight|today)|before (?:it is|it's|they are|they're) gone"
    r"|selling (?:fast|out)",
    r"first come|final (?:days|hours)|don't wait|grab (?:yours|it|one)|too late"
    r"|spend (?:it|them) before|points (?:die|vanish|disappear)|going, going|last call"
    r"|buy now|shop now|order now",
)
_WHEN = (
    "(?:有空|有时间|得空|抽空|闲暇|闲了|闲时|"
    "顺路|顺道|路过|经过|改天|哪天|下次|得闲|放假|周末)"
)
URGING = (
    "欢迎(?:您|您们)?(?:再次|再度|下次|随时|常|前)?(?:光临|莅临|惠顾|来|到|选购|回来"
    "|预约)",
    "期待(?:您|与您|能?和您|能)?的?(?:再次|下次|再度|在店|早日)?(?:光临|莅临|来店|到店"
    "|到来|惠顾"
    "|见到您|再见|重逢|相聚|相见|见面|碰面|与您再)",
    "[等盼候](?:着)?您(?:再|过|回)?来|来(?:我们|咱们|咱)[家店]|晃晃|带(?:朋友|家人|孩子"
    "|先生"
    "|闺蜜|姐妹)(?:一起)?(?:来|过来)|(?:下次|改天|有机会|得空|闲时)(?:再|常|多)?来",
    f"{_WHEN},?[^,。]{{0,4}}(?:进来|回来|过来|[来到回](?:店|看|坐|走|逛|玩|我)|逛逛)"
    f"|{_WHEN}[^。]{{0,6}}(?:找我|约我|来喝|来聊|见个面|小聚|聚聚)",
    "有(?:空|时间)(?:常|再|就|多)?[来到]|[来到]店里?(?:看|挑|选|坐|走|逛|试|吹|转|喝"
    "|添)"
    "|常来店|再来逛|(?:您|要|可以|可|记得)(?:常|多)来|常来(?:坐|看|走|玩|聊)|回店"
    "|回来(?:看看|走走|坐坐|逛逛|转转)",
    "来店里|到店里|逛逛|来(?:看看|坐坐|走走|转转|挑|选|歇|避|喝|聊|串门|取暖|喘口气)"
    "|来试"
    "|过来(?:看|坐|玩|挑|喝|聊|歇|走|转|一趟)|店里见|记得找我|门[^,。]{0,4}(?:敞开"
    "|开着)"
    "|恭候|等您[喝坐聊来]|给您(?:泡|沏|煮|倒)[^,。]{0,4}(?:茶|咖啡)"
    "|试穿|选购吧|[来欢迎抓紧]选购|下单|入手|约个?时间|预约",
    "[到来去上][来到]?(?:我们|我|咱们?)(?:这儿?|这里|这边|那儿|那里|那边|店|家|铺)"
    "|(?<![走熬挺一])过来(?!人|的)|烤烤?火"
    "|回(?:店|我们)|进门坐|串个?门|(?:见|碰|聚)(?:一|个)?[见碰聚]?面吧|老地方见|约您"
    "|约上?我|得闲[^,。]{0,4}[嚟来搵倾饮坐行]|嚟(?:坐|看|睇|行|拣|试|店|铺|饮|搵|探)"
    "|过嚟|搵我|倾下?偈"
    "|上嚟|行吓|铺头",
    REPLY,
    "(?<![第一二三几这那下上])回 ?[0-9]{1,2}(?=[就即便可预领抢])",
    "(?:凭|出示|[凭持示](?:此|本|该|这))[则条封个]?(?:短信|简讯|讯息|信息|消息|截图)"
    "|(?:[到来至回去](?:店里?|门店|门市|专?柜台?))[^,。]{0,4}(?:领(?!略|会|悟)|兑)"
    "|(?:记得|请|快|可|欢迎|可以)[^,。]{0,3}来领(?!略|会|悟|教|受)",
    r"(?:reply|text|respond)(?: with)? [\"“']?(?:yes|y|[0-9]|ok)[\"”']? (?:to|for|and)"
    r"|(?:show|bring|present|mention|quote) this (?:message|text|sms)",
    r"come (?:and(?! go)|by|in(?!to)|over|back(?! to you)|along|see|visit|say"
    r"|to (?:the|our))"
    r"|(?:drop|pop|stop|swing|step|call|look|nip|hop) (?:by|in(?!to|\sthe)|round)"
    r"|visit us"
    r"|visit (?:the|our) (?:store|shop|boutique)|pay us a visit|your next visit",
    r"(?<!good\sto\s)(?<!nice\sto\s)(?<!lovely\sto\s)see(?:ing)? you (?:in (?:the "
    r"|our )?(?:store|shop|boutique)|at (?:our|the)|soon|again|back)",
    r"look(?:ing)? forward to (?:seeing|welcoming|your (?:next )?visit|dressing"
    r"|showing)"
    r"|treat yourself|shop (?:with us|again)|back soon"
    r"|(?:would|'d) (?:love|like|be delighted|be lovely|be nice|be great"
    r"|be so good) to "
    r"(?:see|show|welcome|style|dress|have) you",
    r"buy (?:something|one|it)|time to shop|trying (?:things|something|it|them) on"
    r"|(?:our|my|the) (?:doors?|shop|store|kettle|coffee|tea) (?:is|are)"
    r"|if you(?:'re| are) (?:ever |about )?(?:passing|nearby|near|around|in (?:the"
    r"|town))"
    r"|(?:when|whenever|if) you (?:are|have|feel|fancy) .{0,24}(?:stop|drop|pop|come"
    r"|visit)"
    r"|doors? (?:is|are) (?:always )?open|always (?:be )?welcome|welcome (?:any ?time"
    r"|back)|pay me a visit"
    r"|(?:catch up|chat|meet) over|over (?:a )?(?:coffee|tea)|any ?time you like"
    r"|ask for me"
    r"|a (?:warm )?(?:cup|coffee|seat|chair) (?:is |of .{1,12} )?wait"
    r"|book (?:an|your) (?:appointment|visit|slot)|make an appointment",
)
_ABSENT = (
    "(?:最近|近来|这阵子|"
    "这段时间|这些日子|这几个月|好久|很久|许久|半年|一直|好一阵子?|多日)"
)
_KIN = (
    "(?:先生|太太|老公|老婆|爱人|丈夫|对象|儿子|女儿|孩子|小孩|男朋友|女朋友|家里人?)"
)
PRYING = (
    "怎么(?:都|一直|这么久|这么长时间|好久|最近|这段时间|半年|还){0,2}(?:没"
    "|不)(?:有)?(?:再)?(?:来|看到|见)",
    "为(?:什么|何|啥)[^,。]{0,8}(?:不|没|未)(?:再)?来|(?:没|不)来了?[呀吗呢?]"
    "|(?:去|到|在)(?:了)?(?:别家|别的店|其他店|别处)|咁耐(?:都)?(?:冇|没)"
    "|(?:都)?冇(?:见|嚟|来)",
    "好(?:久|一阵子|长时间|些日子)(?:都)?没(?:有)?(?:见您|看到|见到|来|光临)"
    f"|{_ABSENT}[^,。]{{0,4}}(?:没|不)[^,。]{{0,3}}(?:见您|见到您?|看到您?|看见|遇到您"
    f"|您过来|您来"
    "|来|光顾|光临|消费|到店|露面)|多久没来|不见您(?:来|的)?|少见您|人影|踪影"
    "|没(?:了)?(?:音讯|消息|回音|动静|露面|回我|回复)|消失|对(?:我|我们"
    "|小店)[^,。]{0,3}(?:意见|不满)"
    "|搬家了?[吗吧]|换(?:了)?地方|失联|冷落|嫌我们|疏远|生疏|忘了?我|把我们忘|忘了我们"
    "|(?:是不是|是否|莫非|难道)[^,。]{0,8}(?:不周|不好|不够|不满意|得罪|怠慢|生气|搬家"
    "|别家|忘)"
    "|(?:哪里|哪儿)[^,。]{0,4}(?:不好|不周|不到位|得罪|惹您)[^,。]{0,4}[吗?呢]"
    "|(?:不(?:再)?(?:喜欢|理)我们)|上次来(?:还)?是",
    "几年级|哪(?:一)?年(?:的|出生|生)|属什么|吃胖|胖啦|胖吗|几岁|多大(?:了|年纪"
    "|岁数|呀|啦)|贵庚|芳龄|年龄|[0-9]{2}岁|什么星座|什么血型"
    "|[满过]?[二三四五六七八九]十了?吧"
    "|[二三四五六七八九]十[一二三四五六七八九]?[岁了]",
    "胖了|变胖|长胖|发福|体重|减肥|瘦了|多少斤|气色(?:不|变|差)|(?:什么|啥)病|病情"
    "|身材(?:走|变)",
    "结婚了?(?:吗|没|么)|有对象|单身|[男女]朋友|脱单|喜酒|离婚|嫁(?:人|了)|找个?(?:伴"
    "|对象)"
    "|感情(?:状况|生活|怎)|婚姻|(?:跟|和)(?:先生|太太|老公)[^,。]{0,6}[吗?好]",
    "(?:[几]|有多少|多少个)个?(?:孩子|小孩|宝宝|娃)|(?:有|要)(?:孩子|小孩|宝宝)了?吗"
    "|怀孕|备孕"
    "|二胎|几个月了|预产期",
    "(?:孩子|小孩|宝宝|儿子|女儿)[^,。]{0,4}(?:多大|几岁|考[^,。]{0,4}(?:多少|吗|几|哪)"
    "|成绩)",
    "(?:孩子|小孩|宝宝)几个|收入(?:多少|如何|怎|水平)|工资|薪水|月薪|年薪|[挣赚]多少"
    "|房贷|存款"
    f"|什么(?:工作|职业|行业)|(?:您|{_KIN})[^,。]{{0,5}}(?:做|干|从事)(?:什么|啥"
    f"|哪[一个]?行)"
    f"|(?:您|{_KIN})[^,。]{{0,5}}在(?:哪|那|什么)[^,。]{{0,4}}(?:工作|上班|高就|读书"
    f"|单位)"
    "|在哪[里儿]?(?:工作|上班|高就|发财|读书)|家住(?:哪|什么)|住(?:在)?(?:哪|什么)"
    "|哪个小区"
    "|房子是|买房了?[吗没]|忙(?:什么|啥|些什么|些啥|哪些)|(?:去|跑)(?:哪|哪里"
    "|哪儿)(?:去?了|忙|玩)",
    r"why (?:haven't|have not|did you not|didn't|don't|have you)|(?:haven't|have not"
    r"|not) "
    r"(?:seen|heard from) you|(?:haven't|have not|not) (?:been in|visited|been to"
    r"|shopped)"
    r"|where have you been|where did you|what (?:kept|has kept|keeps) you",
    r"(?:we|i|we've|i've|have|really|truly|have been|we're|been) (?:really )?miss(?:ed"
    r"|ing)? "
    r"(?:you|your|seeing)|missed you|(?:been|for|it's|in) (?:quite )?(?:a while|ages"
    r"|so long"
    r"|too long|a long time|months) since|(?:has |'s )?been (?:a while|ages|too long"
    r"|months"
    r"|so long)|long time no see|(?:did|have) we (?:do|done|said|say|upset|offend)"
    r"|something wrong|forgotten (?:us|about us)|stayed away|since (?:your last"
    r"|you last|we last|you were last)|wonder(?:ed|ing)? (?:why|where|whether|if you"
    r"|what happened)"
    r"|(?:gone|so) quiet|lost touch|don't hear|strangers?|unhappy with|(?:upset"
    r"|cross) with|found another|last time you were"
    r"|noticed (?:that )?you",
    r"how old|your age|what age|are you (?:still )?(?:married|single|pregnant|dating"
    r"|seeing"
    r"|working|divorced|with)|married yet|boyfriend|girlfriend|pregnant|getting married"
    r"|turning (?:thirty|forty|fifty|sixty|seventy|[0-9]{2})|the big [0-9]{2}"
    r"|star sign",
    r"how many (?:children|kids)|(?:have|having) (?:any )?(?:children|kids)"
    r"|when are you having|(?:when is|is) the baby|when are you due",
    r"your (?:weight|income|salary|divorce|mortgage|diet)|(?:lost|gained"
    r"|put on) (?:some )?"
    r"weight|how much do(?:es)? (?:you|your)|do you (?:earn|own|rent)|put on a few"
    r"|what do(?:es)? (?:you|your .{2,12}) do(?: for)?|still working|they pay"
    r"|where do(?:es)? (?:you|your .{2,12}) (?:live|work)|which school",
)
SHOUTING = (r"[!?]{0,3}!(?: ?[!?]){1,20}",)

# One who thanks for a visit asks for none.
PAST = "感谢|谢谢|昨|上次|那天|上周|(?<![a-z])thank"
AGAIN = "欢迎|期待|下次|再|有空|again|soon"
# A day that is over is no event to come to.
OVER = "昨|上次|那天|上周|前天|当天|(?<![a-z])(?:last|yesterday|thank)(?![a-z])"
CLOSING = "敬上|谨上|敬贺|拜上|敬启|谨启|谨贺|敬祝|谨致|上|启"

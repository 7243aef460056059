"""Word lists of the message guard: what each rule of the house looks for.

Sources: design.md section 6.1 (what a greeting never carries) and issue 5, "Words".
Every entry is a piece of a regular expression in lower case and simplified script;
`VARIANTS` lists the traditional (and look-alike) form of each character, so that an
entry is found in either script and in a mixture of both. A space in an entry stands
for any run of spaces and hyphens, or none; a Latin entry is found as whole words only.
No entry has an unbounded repetition inside another: time stays linear.
"""

# Pairs: as it may be written, as the lists have it.
VARIANTS = """
價价 驚惊 優优 禮礼 購购 買买 賣卖 網网 鏈链 連连 結结 點点 擊击 掃扫 碼码 維维 號号
話话 電电 機机 線线 專专 櫃柜 檯台 臺台 門门 來来 蒞莅 臨临 歡欢 選选 領领 贈赠 獎奖
滿满 減减 讓让 雙双 積积 數数 幣币 塊块 圓圆 錢钱 還还 單单 對对 幾几 個个 歲岁 齡龄
體体 業业 資资 麼么 為为 沒没 見见 陣阵 長长 時时 間间 過过 後后 裡里 裏里 開开 慶庆
動动 銷销 會会 員员 貴贵 賓宾 館馆 預预 覽览 發发 佈布 週周 節节 絲丝 褲裤 裝装 襯衬
圍围 針针 織织 絨绒 風风 現现 貨货 適适 們们 給给 幫帮 試试 薦荐 齊齐 熱热 搶抢 趕赶
緊紧 盡尽 儘尽 錯错 馬马 這这 嗎吗 問问 顧顾 團团 謹谨 賀贺 啟启 氣气 費费 訂订 簡简
訊讯 帳帐 賬账 詳详 請请 聯联 絡络 紅红 萬万 兩两 學学 離离 戀恋 愛爱 懷怀 謝谢 願愿
濕湿 滌涤 綸纶 純纯 係系 寶宝 髮发 夾夹 條条 該该 職职 從从 獨独 屬属 備备 靜静 著着
祕秘 換换 賺赚 掙挣 壽寿 疊叠 騰腾 無无 虧亏 亞亚 蠶蚕 辦办 舉举 參参 隨随 轉转 進进
與与 衛卫 戶户 總总 產产 庫库 橫横 額额 棄弃 經经 質质 歩步 東东 書书 嬰婴 媽妈 闆板
聽听 據据 類类 頂顶 鄰邻 雖虽 豐丰 讚赞 貼贴 億亿 壹一 貳二 參三 肆四 伍五 陸六 柒七
終终 賴赖 憑凭 應应 勵励 孫孙 樣样 剛刚 許许 認认 識识 輕轻 邊边 補补 潔洁 淨净 帶带
倉仓 眾众 別别 場场 標标 瘋疯 級级 紀纪 綠绿 視视 計计 賞赏 遺遗 鑑鉴 鑒鉴 閒闲 閑闲
頻频 饋馈 變变 閨闺 脫脱 衝冲 祇只 隻只 妳您 你您 捌八 玖九 拾十 佰百 仟千 ’' ‘' ❗!
❕! аa еe оo сc рp хx уy іi
""".split()

_DIGIT = "[0-9一二三四五六七八九两]"
_NUMERAL = "[零〇一二三四五六七八九两十百千万]"
_NEAR = "[^.。!?;\n]"  # within one sentence

GARMENT = (
    "大衣|外套|羽绒服|羊绒|羊毛衫|开衫|毛衣|针织|衬衫|连衣裙|洋装|裙|裤|西装|旗袍"
    "|风衣|围巾"
    "|丝巾|披肩|t恤|夹克|马甲|皮衣|衣服|衣裳|真丝|单品|套装|披风|鞋子|包包"
    "|(?<![a-z])(?:coat|jacket|dress(?!ed)|skirt"
    "|trousers?|shirt|knitwear|cashmere|scarf|scarve|suit(?!s? you|ed)|sweater"
    "|blouse|gown"
    "|cardigan|linen|wool)(?:e?s)?"
)
_OFFER = (
    "新款|新品|新到|新出|我们家新|到店|到货|上架|上市|上齐|(?<!不)推荐|适合您"
    "|很配您|很衬您|[给为帮]您留"
    "|店里的|我们的|我们家|入手|热卖|爆款|百搭|限量|现货|our (?:new|latest|finest)"
    r"|what you need|might (?:also )?(?:like|love)|picked|(?<!not\s)recommend"
    r"|perfect for you"
    r"|set aside|kept aside|in stock|just in|try on"
)
_GIFT = (
    "惊喜|好礼|有礼|礼物|礼品|小礼|礼遇|生日礼|大礼|赠礼|赠品|福利|伴手礼|专属礼|薄礼"
    "|福袋|回馈|回礼|奖励"
)
_AT_STORE = "到店|来店|进店|店里|店内|店中|门店|门市|柜台|专柜|本店|柜上|莅临|光临|小店"
_GIFT_EN = (
    "surprise|gift|treat|present|little something|something special|goodie|reward|perk"
)
_AT_STORE_EN = (
    "in store|(?:in|at) (?:the|our) (?:store|shop|boutique|counter)|waiting|waits"
    "|awaits?"
    "|is ready|pick (?:it|one|yours)|collect|drop (?:in|by)|for you|claim|next time"
    "|ask (?:me|us)"
)
_TLD = "com|cn|net|org|shop|top|vip|ly|me|tw|hk|cc|co|io|xyz|page|ee|link|site|info|app"

PRICE = (
    r"(?:nt|hk|us|rmb|cny|usd|hkd|twd)? ?[¥$€£] ?[0-9][0-9,.]{0,12}",
    r"(?:rmb|cny|usd|hkd|twd|ntd?|eur|gbp) ?[0-9][0-9,.]{0,12}",
    r"[0-9][0-9,.]{0,12} ?(?:元(?!旦|宵|气|素|月)|块钱|圆整|rmb|cny|usd|hkd|ntd|twd"
    r"|eur|gbp"
    r"|yuan|dollars?|euros?|pounds?|bucks|quid)",
    rf"(?:{_NUMERAL}{{2,9}}|[十百千万])(?:元(?!旦|宵|气|素|月)|块钱)",
    rf"(?:{_NUMERAL}{{2,9}}|[0-9]+)块(?=[,。!]|$)",
    r"(?:ten|twenty|thirty|forty|fifty|hundred) (?:dollars|pounds|euros|yuan)",
    "特价|原价|售价|现价|价格|低价|底价|标价|一口价|吊牌价|会员价|只要[0-9]+"
    "|仅需[0-9]+",
    r"prices?|priced|cheap(?:er|est)?",
)
DISCOUNT = (
    rf"{_DIGIT}[.点]?{_DIGIT}?折(?!叠|射|腾|服|枝|返|磨|痕|中|好|起来|成)",
    "(?<!不)打折|折扣|折上折|骨折价|几折|(?:全场|全馆|一律)对折|折起|折优惠",
    "优惠|特惠|让利|立减|直降|半价|第二件|低至|满额|优惠码|折扣码",
    rf"满 ?(?:[0-9]+|{_NUMERAL}+)元?[减送赠返]|买{_NUMERAL}+[送赠]|买[0-9]+[送赠]",
    "对半砍|砍价|砍一刀|零利率|免息|分期|(?:两|三|二|[23])件(?:一起)?[减送]|买贵|骨折",
    "代金券|抵用券|购物金|折价券|现金券|礼券|消费券|优待|抢红包|领红包|红包雨",
    "(?:双倍|[2-9]倍|三倍|多倍)(?:积分|点数)|(?:积分|点数)(?:翻倍|加倍|双倍|[2-9]倍)",
    r"(?:half|[0-9]{1,3}) off|off (?:all|every|the price|full)|half price",
    r"discount(?:s|ed)?|vouchers?|coupons?|promo(?:tions?|tional| code)?|use code|bogo",
    r"two for one|[23] for [12]|store credit|buy one|cash ?back|rebates?"
    r"|mark ?downs?|reduced to|(?:double|triple) points|bargains?",
)
# Apart from DISCOUNT, because weather and fabrics are told in percent too.
PERCENT = (
    r"(?!100 ?%(?! ?off))(?<![0-9])[0-9o]{1,3}(?:\.[0-9])? ?(?:%|percent|per cent|趴)"
    r"(?: ?off)?",
    rf"百分之(?!百){_NUMERAL}+",
)
WEATHER = "湿度|概率|几率|机率|降水|降雨|humidity|chance|probability|rain"
FIBRE = (
    "羊毛|羊绒|棉|真丝|桑蚕丝|蚕丝|涤纶|亚麻|聚酯"
    "|cotton|wool|silk|linen|cashmere|polyester"
)
PRODUCT = (
    rf"(?:{_OFFER}){_NEAR}{{0,14}}?(?:{GARMENT})",
    rf"(?:{GARMENT}){_NEAR}{{0,14}}?(?:{_OFFER})",
    "(?:新款|新品)(?!到|已|上|发布|来)",
    rf"(?:might (?:also )?like|picked|recommend|our (?:new"
    rf"|latest)){_NEAR}{{0,40}}?(?:{GARMENT})",
    rf"(?:{GARMENT}){_NEAR}{{0,40}}?(?:what you need|perfect for you|for you to try)",
)
EVENT = (
    "会员日|(?:周年|年终|年中|店|开业|感恩)庆|大促|促销|特卖|甩卖|清仓|出清"
    "|换季出清|私享会|私卖会|封馆",
    "预览会|鉴赏会|品鉴会|发布会|贵宾之夜|会员之夜|抽奖|开业|开跑|双十一|双11|618大"
    "|黑五",
    "(?:优惠|促销|会员|店内|门店|品牌|我们的|本店|新春|参加|专属)活动",
    "活动(?:时间|期间|现场|进行|火热|详情|开始|截止|价)",
    rf"(?:新款|新品|新装|[春夏秋冬]装|新季){_NEAR}{{0,8}}?(?:到店|到货|上市|上架"
    rf"|登场|来了|发布)",
    "[春夏秋冬]装(?:都|已|已经|也)?到(?:了|齐)|看秀|走秀|上新|新品上市|新系列",
    r"(?:flash |private |summer |winter )?sales?|clearance|new arrivals?"
    r"|new collections?",
    r"(?<!in\sthe\s)(?<!in\sany\s)events?(?! of)|members?'? (?:day|evening|night"
    r"|preview)",
    r"black friday|cyber monday|trunk show|pop up|(?:our|store) anniversary"
    r"|launch(?:es)?",
    r"private (?:viewing|preview|evening)|just (?:landed|dropped)|look ?book|open day",
)
LINK = (
    r"https?|www ?\.",
    r"(?<![a-z0-9-])[a-z0-9][a-z0-9-]{0,40}"
    rf"(?:\.| \. ?| ?[(\[]?(?:dot|点)[)\]]? ?)(?:{_TLD})",
    r"(?<![a-z0-9._-])[a-z0-9._-]{1,40}@[a-z0-9]",
    "绿泡泡|(?:我的|加我?的?)赖|赖是|(?:号码|帐号|账号|id)是[a-z]|朋友圈|私信",
    r"(?<![a-z0-9])@[a-z0-9_]|dm (?:us|me)|follow us|our (?:app|page)",
    "[微薇溦] ?信|[v卫] ?信 ?号?|加(?:我|个)?[微薇v]",
    r"v ?x|w ?x|wei ?xin|we ?chat|whats ?app|telegram|insta(?:gram)?|facebook|tik ?tok",
    "公众号|小程序|二维码|扫码|扫一扫|扫描|抖音|小红书|微博|qq号?|q群|视频号|直播间",
    "line ?(?:id|@|帐号|账号|官方|:)|(?:官方|加) ?line|@line",
    r"qr|qr ?code|scan (?:the|this|our|here)",
    "链接|连结|网址|官网|点击|点开|戳这里",
    r"click|tap (?:here|the|this)|links?|web ?site|url",
)
PHONE = (
    r"(?<![0-9])\+?[0-9](?:[ \-().]{0,2}[0-9]){7,14}(?![0-9])",
    "[零〇一二三四五六七八九幺]{7,}",
    r"(?:(?:zero|oh|one|two|three|four|five|six|seven|eight|nine) ?){7,15}",
)
# Look like numbers to dial and are not: dates, years and hours.
NO_PHONE = (
    r"(?<![0-9])(?:19|20)[0-9]{2} ?[-./年] ?[0-9]{1,2} ?[-./月] ?[0-9]{1,2}(?![0-9])"
    r"|(?<![0-9])(?:19|20)[0-9]{2} ?[-~至到/] ?(?:19|20)[0-9]{2}(?![0-9])"
    r"|(?<![0-9])[0-9]{1,2}[.:][0-9]{2}(?: ?[-~至到] ?[0-9]{1,2}[.:][0-9]{2})?(?![0-9])"
)
BAIT = (
    rf"(?:{_AT_STORE}){_NEAR}{{0,12}}?(?:{_GIFT})",
    rf"(?:{_GIFT}){_NEAR}{{0,12}}?(?:{_AT_STORE}|等您|等着您|待您|在等|静候|领取"
    rf"|来拆|来领"
    "|即享|相赠|奉上|查收)",
    "神秘(?:好礼|礼物|大礼|惊喜)|惊喜多多",
    rf"[为给]您(?:准备|预备|备|留)了?{_NEAR}{{0,8}}?(?:惊喜|好礼|礼物|礼品|小礼|大礼)",
    rf"(?:{_GIFT_EN})s? {_NEAR}{{0,40}}?(?:{_AT_STORE_EN})",
    rf"(?:in store|boutique|at our counter){_NEAR}{{0,30}}?(?:{_GIFT_EN})",
    rf"(?:ask me|ask us|next time){_NEAR}{{0,30}}?(?:{_GIFT_EN})",
    "(?:free|complimentary|birthday) gift|(?:free|complimentary) gifts",
)
PRESSURE = (
    "快来|速来|速抢|抢购|开抢|疯抢|限时|机不可失|先到先得|手慢无|名额有限|售完即止"
    "|倒计时|不容错过",
    "赶[快紧](?:来|到店|下单|购|买|抢|兑|去)|抓紧(?:来|兑|买|购|时间)|立即(?:来|购"
    "|下单|抢|兑|到店)",
    "错过(?:等|可惜|不再|就没|遗憾|再等)|(?<!于)最后(?:一天|机会|[0-9]+天|[三两]天)"
    "|晚来就没|再不[来换买兑]|冲一波|马上(?:来|抢|下单)",
    r"(?<!no\s)(?<!not\s)hurry|last chance|don't miss out|do not miss out"
    r"|act (?:now|fast)",
    r"while stocks? lasts?|limited (?:time|stock|quantit(?:y|ies))|today only"
    r"|only today",
    r"ends (?:soon|tonight|today)|before (?:it is|it's|they are|they're) gone"
    r"|selling fast",
    r"first come|final (?:days|hours)|don't wait|grab (?:yours|it|one)|too late"
    r"|buy now|shop now|order now",
)
URGING = (
    "欢迎(?:您|您们)?(?:再次|再度|下次|随时|常|前)?(?:光临|莅临|惠顾|来|到|选购)",
    "期待(?:您|与您)?的?(?:再次|下次|再度)?(?:光临|莅临|来店|到店|到来|惠顾)",
    "[等盼候](?:着)?您(?:再|过)?来|来(?:我们|咱们|咱)[家店]|晃晃|带(?:朋友|家人"
    "|闺蜜)(?:一起)?来|(?:下次|改天|有机会|得空|闲时)(?:再|常|多)?来",
    "有(?:空|时间)(?:常|再|就|多)?[来到]|[来到]店里?(?:看|挑|选|坐|走|逛|试|吹|转)"
    "|常来店|再来逛",
    "来店里|到店里|逛逛|来(?:看看|坐坐|走走|转转|挑|选)|来试|过来(?:看|坐|玩|挑)"
    "|试穿|选购吧|[来欢迎抓紧]选购|下单|入手",
    r"come (?:and|by|in|see|visit|to (?:the|our))|(?:drop|pop|stop|swing) (?:by|in)"
    r"|visit us",
    r"(?<!good\sto\s)(?<!nice\sto\s)(?<!lovely\sto\s)see(?:ing)? you (?:in (?:the "
    r"|our )?(?:store|shop|boutique)|at our|soon|again)",
    r"look forward to (?:seeing|welcoming)|treat yourself|shop (?:with us|again)"
    r"|back soon",
    r"buy (?:something|one|it)|time to shop|trying (?:things|something|it|them) on"
    r"|our doors? (?:is|are)",
)
PRYING = (
    "怎么(?:都|一直|这么久|这么长时间|好久|最近|这段时间){0,2}(?:没"
    "|不)(?:有)?(?:再)?(?:来|看到|见)",
    "为(?:什么|何|啥)[^,。]{0,8}(?:不|没|未)(?:再)?来|(?:没|不)来了?[呀吗呢?]"
    "|去(?:了)?别家",
    "好(?:久|一阵子|长时间|些日子)(?:都)?没(?:有)?(?:见您|看到|见到|来|光临)",
    "几年级|哪(?:一)?年(?:的|出生|生)|属什么|吃胖|胖啦|胖吗|几岁|多大(?:了|年纪"
    "|岁数|呀|啦)|贵庚|芳龄|年龄|[0-9]{2}岁"
    "|[二三四五六七八九]十[一二三四五六七八九]?[岁了]",
    "胖了|变胖|长胖|发福|体重|减肥|瘦了|多少斤",
    "结婚了?(?:吗|没|么)|有对象|单身|[男女]朋友|脱单|喜酒|离婚|嫁(?:人|了)",
    "(?:几|多少)个?(?:孩子|小孩|宝宝|娃)|(?:有|要)(?:孩子|小孩|宝宝)了?吗|怀孕|备孕"
    "|二胎",
    "(?:孩子|小孩|宝宝|儿子|女儿)[^,。]{0,4}(?:多大|几岁)",
    "(?:孩子|小孩|宝宝)几个|收入(?:多少|如何|怎)|工资|薪水|月薪|年薪|[挣赚]多少"
    "|什么(?:工作|职业)"
    "|在哪里?(?:工作|上班|高就)",
    r"why (?:haven't|have not|did you not|didn't|don't) you|haven't seen you"
    r"|not seen you"
    r"|(?:haven't|have not|not) (?:been in|visited)|where have you been"
    r"|missed you (?:in|at)",
    r"how old|your age|what age|are you (?:still )?(?:married|single|pregnant|dating)"
    r"|married yet|boyfriend|girlfriend|pregnant",
    r"how many (?:children|kids)|(?:have|having) (?:any )?(?:children|kids)"
    r"|when are you having",
    r"your (?:weight|income|salary)|(?:lost|gained|put on) (?:some )?weight"
    r"|how much do you"
    r"|what do you do for|still working|they pay",
)
SHOUTING = (r"[!?]{0,3}!(?: ?[!?]){1,20}",)

# Before a garment that is hers already.
HERS = "您(?:的|订|定|送|购|买|选|取)|(?<![a-z])your(?![a-z])"
# A sentence that wishes offers nothing; one that thanks for a visit asks for none.
WISH = "愿|祝|(?<![a-z])(?:may|wish(?:ing)?)(?![a-z])"
PAST = "感谢|谢谢|昨|上次|那天|上周|(?<![a-z])thank"

AT_STORE = f"{_AT_STORE}|store|shop|boutique|counter"
AGAIN = "欢迎|期待|下次|再|有空|again|soon"
CLOSING = "敬上|谨上|敬贺|拜上|敬启|谨启|谨贺|敬祝|谨致|上|启"

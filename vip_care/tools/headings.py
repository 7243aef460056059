"""The columns an import file may have, and how shops head them in three languages."""

import re
import unicodedata

MEMBER_HEADINGS = {
    "phone": (
        "phone, mobile, mobile number, mobile no, phone number, phone no, "
        "手机号, 手机, 手机号码, 电话, 联系电话, 手機, 手機號, 手機號碼, 電話, "
        "行動電話"
    ),
    "card": (
        "card, card number, card no, member number, 卡号, 会员卡号, 会员号, "
        "会员编号, 卡號, 會員卡號, 會員號, 會員編號"
    ),
    "name": (
        "name, member, member name, full name, 姓名, 会员姓名, 名字, 會員姓名, "
        "顾客, 顧客"
    ),
    "gender": "gender, sex, 性别, 性別",
    "birthday": "birthday, birth date, date of birth, 生日, 出生日期",
    "birthday_calendar": (
        "birthday calendar, calendar, 生日历法, 历法, 生日曆法, 曆法"
    ),
    "email": "email, e-mail, mail, 邮箱, 电子邮件, 電子郵件, 信箱",
    "street": "street, address, 地址, 住址",
    "city": "city, 城市",
    "store": (
        "store, shop, home store, store code, 门店, 店铺, 所属门店, 门店编号, "
        "門店, 門市, 店鋪, 所屬門市, 門市代號"
    ),
    "owner": (
        "owner, associate, advisor, 导购, 专属导购, 负责人, "
        "導購, 專屬導購, 專屬顧問, 負責人"
    ),
    "tier": "tier, level, grade, 等级, 会员等级, 级别, 等級, 會員等級, 級別",
    "tier_valid_until": (
        "tier valid until, valid until, 等级有效期, 有效期, 有效期至, "
        "等級有效期, 等級有效期限, 有效期限"
    ),
    "enrolled_on": (
        "enrolled on, enrolled, member since, enrolment date, join date, "
        "入会日期, 入会时间, 开卡日期, 注册日期, 入會日期, 入會時間, 開卡日期, "
        "註冊日期"
    ),
    "source": "source, enrolment source, 来源, 入会渠道, 來源, 入會管道",
    "referrer": "referrer, referred by, 推荐人, 介绍人, 推薦人, 介紹人",
    "salutation": "salutation, likes to be called, 称呼, 稱呼",
    "size_top": "size top, top size, tops, 上衣尺码, 上装尺码, 上衣尺碼, 上裝尺碼",
    "size_bottom": (
        "size bottom, bottom size, bottoms, 下装尺码, 裤子尺码, "
        "下裝尺碼, 下著尺碼, 褲子尺碼"
    ),
    "size_shoe": "size shoe, shoe size, shoes, 鞋码, 鞋碼",
    "work": "work, job, profession, 职业, 工作, 職業",
    "dress_taste": "dress taste, style, 穿衣风格, 风格, 穿衣風格, 風格",
    "pastimes": "pastimes, hobbies, interests, 爱好, 兴趣, 愛好, 興趣",
}
PURCHASE_HEADINGS = {
    "phone": MEMBER_HEADINGS["phone"],
    "card": MEMBER_HEADINGS["card"],
    "ticket": (
        "ticket, ticket number, receipt, receipt number, order, order number, "
        "小票号, 小票, 单号, 流水号, 订单号, 小票號, 單號, 單據號碼, 流水號, 訂單號, "
        "發票號碼"
    ),
    "date": (
        "date, time, date of sale, sale date, 日期, 销售日期, 消费日期, "
        "购买日期, 交易时间, 銷售日期, 消費日期, 購買日期, 交易時間"
    ),
    "amount": (
        "amount, net amount, total, paid, 金额, 实付金额, 消费金额, 实收, 金額, "
        "實付金額, 消費金額, 實收"
    ),
    "units": "units, pieces, quantity, qty, 件数, 数量, 件數, 數量",
    "margin": "margin, gross margin, 毛利",
    "store": MEMBER_HEADINGS["store"],
    "receiver": (
        "receiver, served by, cashier, seller, associate, 接待人, 接待导购, "
        "导购, 收银员, 营业员, 接待導購, 導購, 收銀員, 營業員, 接待人員, 門市人員"
    ),
    "owner": "owner, 专属导购, 负责人, 專屬導購, 負責人",
    "points_earned": (
        "points earned, points, earned points, 获得积分, 积分, 獲得點數, 點數, "
        "獲得積分, 積分"
    ),
    "points_spent": (
        "points spent, redeemed points, 使用积分, 消耗积分, 使用點數, 兌換點數"
    ),
}
HEADINGS = {"member": MEMBER_HEADINGS, "purchase": PURCHASE_HEADINGS}
# Of each group one column must be there.
REQUIRED = {
    "member": (("phone", "card"), ("name",)),
    "purchase": (("phone", "card"), ("date",), ("amount",)),
}


def plain_heading(text):
    """Return a heading without case, spaces, marks of need and punctuation."""
    text = unicodedata.normalize("NFKC", str(text or "")).lower()
    return re.sub(r"[\s_\-*:.'\"/\u200b\ufeff]+|\(.*\)", "", text)


def accepted_headings(kind, name):
    """Return the headings a column may have, the plain English one first."""
    return [text.strip() for text in HEADINGS[kind][name].split(",")]


def some_headings(kind, name):
    """Return a few headings of a column, in Latin and in Chinese characters."""
    every = accepted_headings(kind, name)
    latin = [heading for heading in every if heading.isascii()]
    chinese = [heading for heading in every if not heading.isascii()]
    return latin[:3] + chinese[:2] + chinese[-1:]


def _index(kind):
    return {
        plain_heading(heading): name
        for name in HEADINGS[kind]
        for heading in [name, *accepted_headings(kind, name)]
    }


INDEX = {kind: _index(kind) for kind in HEADINGS}


def match_headings(kind, cells):
    """Return for each cell of a heading row the column it names, or None."""
    return [INDEX[kind].get(plain_heading(cell)) for cell in cells]


def missing_columns(kind, columns):
    """Return the groups of columns of which the file has none."""
    return [group for group in REQUIRED[kind] if not set(group) & set(columns)]

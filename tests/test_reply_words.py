"""What replies to text messages mean."""

import pytest

from vip_care_sms.tools.reply_words import OTHER, REFUSAL, RETURN, meaning

REFUSALS = [
    # As providers tell people to write it.
    *(
        "R",
        "T",
        "TD",
        "N",
        "0",
        "00000",
        "退订",
        "退訂",
        "拒收",
        "取消",
        "停止",
        "不要",
    ),
    *("STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"),
    *("REMOVE", "ARRET", "Arrêt", "回R", "回T", "回复TD", "回复R", "回覆TD"),
    # Width, case, spaces, line ends.
    *(
        "r",
        "td",
        "Stop",
        "Ｒ",
        "ｒ",
        "ＴＤ",
        "ｔｄ",
        "ＳＴＯＰ",
        "０",
        "０００００",
        "回Ｒ",
    ),
    *(" R ", "R\n", "\u3000Ｒ\u3000", "T D", "T\tD\r\n", "opt out", "Stop all"),
    # Punctuation and quotes.
    *(
        "R.",
        "R。",
        "Ｒ！",
        "「R」",
        "“退订”",
        "'STOP'",
        "TD!!!",
        "-T-",
        "opt-out",
        "(R)",
    ),
    # Pictures, marks nobody sees, letters in circles.
    *("R👍", "🙏退订🙏", "0️⃣", "R\u200b", "\ufeffTD", "T\u00adD", "\u202eR\u202c", "Ⓡ"),
    # With our message quoted.
    *("【衣品女装】R", "R【衣品女装】", "【衣品】TD。", "【退订】", "［R］"),
    "R【衣品女装】春天到了，注意添衣。拒收请回复R",
    *("拒收请回复R", "请【退订】", "【衣品女装】新年好！拒收请回复R\nTD"),
    # Within a sentence.
    *(
        "我要退订",
        "請幫我退訂，謝謝",
        "拒收短信",
        "取消订阅",
        "取消訂閱吧",
        "请不要再发了",
    ),
    *("別再發給我", "别再发短信！", "请勿扰", "勿擾，謝謝", "please UNSUBSCRIBE me"),
    *("退 订", "取消 订阅", "ｕｎｓｕｂｓｃｒｉｂｅ now"),
]
RETURNS = [
    "START",
    "start",
    "ＳＴＡＲＴ",
    "Unstop!",
    "YES",
    "yes.",
    "恢复订阅",
    "恢復訂閱",
]
OTHERS = [
    # A size, a shirt, an appointment, a courtesy.
    *("R码有吗", "T恤有货吗", "stop please", "取消预约", "取消預約", "R 号还有货吗？"),
    *("N次了", "end of the week?", "Please cancel my fitting", "不要红色的", "T-shirt"),
    *("好的，谢谢", "谢谢【衣品女装】", "ok", "yes please", "1", "00", "000000", "NO"),
    *("", " ", "。。。", "👍", "\u200b", "【】", "【衣品女装】"),
    # She sends our message back with her words.
    "好看！【衣品女装】春天到了，注意添衣。拒收请回复R",
    "谢谢关心【衣品女装】新年好！回T退订",
    "【衣品女装】新年好！拒收请回复R\n新年好",
    # The word, but not the wish.
    *("取消退订", "我没有退订啊", "不拒收", "不要退订", "别退订"),
    *("退货怎么办", "我想退款", "restart", "Starting when?", "停止营业了吗", "trend"),
]


@pytest.mark.parametrize("text", REFUSALS)
def test_refusals(text):
    assert meaning(text) == REFUSAL


@pytest.mark.parametrize("text", RETURNS)
def test_returns(text):
    assert meaning(text) == RETURN


@pytest.mark.parametrize("text", OTHERS)
def test_what_goes_to_a_person(text):
    assert meaning(text) == OTHER


def test_nothing_and_long_texts():
    assert meaning(None) == OTHER
    assert meaning("R" * 10_000) == OTHER
    assert meaning("好" * 100_000 + "退订") == REFUSAL


def test_there_are_many_cases():
    cases = REFUSALS + RETURNS + OTHERS
    assert len(cases) == len(set(cases)) >= 60

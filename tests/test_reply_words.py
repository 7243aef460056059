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
    *("S T O P", "STOP!!", "stop。", "u n s u b s c r i b e"),
    # "No!", and then the word: only directly before it a negation takes it back.
    *("不要，退订", "不要！退订！", "不，退订！", "别，拒收", "不想，退訂", "没，退订"),
    *("不要,退订", "不要。退 订", "不要…退订", "不要🙏退订", "不要了退订", "别“退订”"),
    *("不要【退订】", "不要、取消订阅", "沒有，請退訂", "取消，退订", "不想要，退订"),
    *("No! Unsubscribe.", "Don't! Unsubscribe me", "I cannot unsubscribe!"),
    # She took it back of one, not of the other.
    *("我没退订，现在退订", "不退订就投诉，别再发了", "不要再发，不要退订也行"),
    # Courtesies, and who asks how wants to.
    *("退订 谢谢", "退訂，謝謝您", "麻烦退订一下", "怎么退订", "如何取消订阅"),
    *("能不能退订", "退订不了", "怎麼退訂？", "How do I unsubscribe?"),
    # No more messages.
    *("别再发了", "不要再发", "不要发了", "請勿再傳", "请勿再发", "不要再傳簡訊給我"),
    *("請別再傳了", "不要再给我发了", "别给我发短信", "不要發簡訊", "别发广告了"),
    *("别发了", "请不要发了", "別傳了", "不要给我发了", "不要 再 发", "不要再，发"),
    *("请勿打扰", "免打扰", "不要打扰我", "別再打擾我", "请不要再联系我", "別再聯絡我"),
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
    *(
        "不要 退订",
        "不 要 退 订",
        "不要\u200b退订",
        "不要退訂！",
        "别拒收",
        "不要取消订阅",
    ),
    *("没有取消訂閱", "不用退订", "我不会退订的", "請勿退訂", "从未退订", "不想退訂"),
    *("Don't unsubscribe me", "don’t unsubscribe", "I did not unsubscribe."),
    *("dont unsubscribe", "I don't want to unsubscribe", "I never unsubscribed"),
    # Taken back, and a short word that is not all she wrote.
    *("不要退订 R", "别退订，取消", "不要退订 0"),
    # No order to us, or about a parcel, an invoice, a colour, a face of letters.
    *("stop it", "no stop", "don't stop", "please stop", "No!", "收到，谢谢", "收到"),
    *("不要发货", "先别发货", "不要发票", "别发错颜色了", "不要发了，我来店里拿"),
    *(
        "不要傳統的",
        "不要，谢谢",
        "不要取消",
        "不打扰了",
        "您别客气",
        "T.T",
        "0.0",
        "T_T",
    ),
    *("要不要再发一次？", "要不要发短信给你", "特别发短信感谢", "要不要退订"),
    *(
        "手机开了免打扰，没看到",
        "不用再发了，收到了",
        "R码，不要L",
        "发了吗",
        "什么时候发",
    ),
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

using System.Globalization;
using RetentionFuncs.Campaigns;
using RetentionFuncs.Customers;

namespace RetentionFuncs.Messages;

/// <summary>
/// What the layout itself says, in one language. A template in a language without phrases is not used, so that no message mixes
/// two languages.
/// </summary>
public abstract class MessagePhrases
{
    /// <summary>BCP 47 tag for the HTML <c>lang</c> attribute.</summary>
    public abstract string Tag { get; }

    /// <summary>What stands for a name that nobody knows, outside a greeting.</summary>
    public abstract string NoName { get; }

    public abstract string Unsubscribe { get; }

    public abstract string Preferences { get; }

    /// <summary>Puts the label of a link before its address in the text part.</summary>
    public abstract string Labelled(string label, string url);

    public abstract string Date(DateOnly day);

    /// <summary>The mark at the front of an advertisement's subject where the law asks for one.</summary>
    public abstract string AdMark { get; }

    /// <summary>Why the reader gets this message; says only what is true of the purpose and of the consent behind it.</summary>
    public abstract string Why(MessagePurpose purpose, CampaignJob job, ConsentBasis? basis, string shop);

    /// <summary>The same for a mail that asks somebody to confirm a wish for marketing mail.</summary>
    public abstract string WhyConfirm(string shop);

    /// <summary>Who sends a text message, at its front.</summary>
    public abstract string SmsSignature(string shop);

    /// <summary>How to refuse more text messages, at the end of one.</summary>
    public abstract string SmsStop { get; }

    /// <summary>Null when the product does not speak the locale's language.</summary>
    public static MessagePhrases? For(string locale) =>
        MessageLocales.LanguageOf(locale) switch
        {
            "en" => English.Instance,
            "zh" => Chinese.Instance,
            _ => null,
        };

    private sealed class English : MessagePhrases
    {
        public static readonly English Instance = new();

        public override string Tag => "en";

        public override string NoName => "there";

        public override string Unsubscribe => "Unsubscribe";

        public override string Preferences => "Choose what we send you";

        public override string AdMark => "AD ";

        public override string SmsSignature(string shop) => $"{shop}: ";

        public override string SmsStop => " Reply STOP to get no more.";

        public override string Labelled(string label, string url) => $"{label}: {url}";

        public override string Date(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

        public override string WhyConfirm(string shop) =>
            $"You get this e-mail because somebody asked for news of {shop} at this address. It is not advertising.";

        public override string Why(MessagePurpose purpose, CampaignJob job, ConsentBasis? basis, string shop)
        {
            if (purpose == MessagePurpose.Service)
            {
                return $"You get this e-mail because it concerns your purchase at {shop}. It is not advertising.";
            }

            var bought = job == CampaignJob.WinBack ? $"you have shopped at {shop} before" : $"you are a customer of {shop}";
            var what = purpose == MessagePurpose.Promotion ? "offers and news" : "news";
            return basis == ConsentBasis.Express
                ? $"You get this e-mail because {bought} and agreed to receive {what} from us."
                : $"You get this e-mail because {bought}. You can object to {what} from us at any time.";
        }
    }

    private sealed class Chinese : MessagePhrases
    {
        public static readonly Chinese Instance = new();

        public override string Tag => "zh-CN";

        public override string NoName => "朋友";

        public override string Unsubscribe => "退订";

        public override string Preferences => "设置接收偏好";

        public override string AdMark => "（广告）";

        public override string SmsSignature(string shop) => $"【{shop}】";

        public override string SmsStop => "拒收请回复R";

        public override string Labelled(string label, string url) => $"{label}：{url}";

        public override string Date(DateOnly day) => day.ToString("yyyy年M月d日", CultureInfo.InvariantCulture);

        public override string WhyConfirm(string shop) => $"您收到这封邮件，是因为有人用这个邮箱申请订阅{shop}的资讯，不属于广告。";

        public override string Why(MessagePurpose purpose, CampaignJob job, ConsentBasis? basis, string shop)
        {
            if (purpose == MessagePurpose.Service)
            {
                return $"您收到这封邮件，是因为它与您在{shop}的订单有关，不属于广告。";
            }

            var bought = job == CampaignJob.WinBack ? $"您曾在{shop}购物" : $"您是{shop}的顾客";
            var what = purpose == MessagePurpose.Promotion ? "优惠和资讯" : "资讯";
            return basis == ConsentBasis.Express
                ? $"您收到这封邮件，是因为{bought}，并同意接收我们的{what}。"
                : $"您收到这封邮件，是因为{bought}。如不想再收到我们的{what}，可随时退订。";
        }
    }
}

using RetentionFuncs.Campaigns;

namespace RetentionFuncs.Deliverability;

/// <summary>The domain that mailbox providers hold a message against.</summary>
public static class SendingDomain
{
    /// <summary>Second-level names under which domains are registered; those in wide use, not the whole public suffix list.</summary>
    private static readonly HashSet<string> Registries = new(
        (
            "co.uk org.uk me.uk ltd.uk plc.uk net.uk ac.uk gov.uk com.cn net.cn org.cn gov.cn edu.cn com.hk org.hk com.tw org.tw com.sg com.my com.au net.au "
            + "org.au co.nz net.nz org.nz co.jp ne.jp or.jp co.kr or.kr co.in net.in org.in com.br net.br org.br com.mx com.ar com.co com.pe com.tr com.pl "
            + "co.za org.za co.il org.il com.ua com.vn co.th co.id com.ph com.eg com.sa com.pk com.bd com.ng co.ke co.at or.at com.es com.pt com.gr com.cy com.mt"
        ).Split(' '),
        StringComparer.Ordinal
    );

    /// <summary>Of the From address, in lower case.</summary>
    public static string Of(SenderProfile sender) => OfAddress(sender.FromAddress);

    public static string OfAddress(string address) => address[(address.LastIndexOf('@') + 1)..].ToLowerInvariant();

    /// <summary>The registered domain: <c>shop.example</c> for <c>news.shop.example</c>, <c>shop.co.uk</c> for <c>m.shop.co.uk</c>.</summary>
    public static string Organisational(string domain)
    {
        var labels = domain.TrimEnd('.').ToLowerInvariant().Split('.');
        var keep = labels.Length > 2 && Registries.Contains(string.Join('.', labels[^2..])) ? 3 : 2;
        return string.Join('.', labels[Math.Max(0, labels.Length - keep)..]);
    }
}

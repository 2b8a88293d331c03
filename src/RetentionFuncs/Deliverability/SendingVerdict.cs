using System.Globalization;
using RetentionFuncs.Findings;

namespace RetentionFuncs.Deliverability;

/// <summary>What the counts of a week say.</summary>
public abstract record SendingVerdict
{
    private SendingVerdict() { }

    public sealed record Fine : SendingVerdict
    {
        public static Fine Instance { get; } = new();
    }

    public sealed record Warn(Phrase Why) : SendingVerdict;

    /// <summary>Sending must pause until a person has looked.</summary>
    public sealed record Stop(Phrase Why) : SendingVerdict;
}

/// <summary>
/// Complaints per delivered message: providers ask for less than 0.1 % and turn against a sender at 0.3 %, so a warning comes at 0.08 %
/// and the stop at 0.2 %. Bounces: more than 5 % is a list that should not be written to, or a fault at a provider.
/// </summary>
public static class SendingRates
{
    public const double ComplaintWarn = 0.0008;
    public const double ComplaintStop = 0.002;
    public const double BounceStop = 0.05;

    /// <summary>Fewer delivered messages say nothing about complaints.</summary>
    public const long LeastDelivered = 1_000;

    /// <summary>Fewer outcomes say nothing about bounces.</summary>
    public const long LeastOutcomes = 200;

    /// <summary>Days looked back, today included.</summary>
    public const int WindowDays = 7;

    public static SendingVerdict Judge(SendingCounts c)
    {
        var back = c.Bounced + c.Refused;
        // Where nobody tells of deliveries, what was taken and did not come back stands for them.
        var outcomes = Math.Max(c.Delivered + c.Bounced, c.Accepted) + c.Refused;
        var complaints = c.Delivered >= LeastDelivered ? (double)c.Complained / c.Delivered : 0;
        return complaints >= ComplaintStop ? new SendingVerdict.Stop(Complaints(complaints, c))
            : outcomes >= LeastOutcomes && (double)back / outcomes > BounceStop ? new SendingVerdict.Stop(Bounces(back, outcomes))
            : complaints >= ComplaintWarn ? new SendingVerdict.Warn(Complaints(complaints, c))
            : SendingVerdict.Fine.Instance;
    }

    private static Phrase Complaints(double rate, SendingCounts c) =>
        new(
            $"{c.Complained} of {c.Delivered} delivered messages of the last {WindowDays} days were reported as spam ({Percent(rate)}; the limit is {Percent(ComplaintStop)}).",
            $"近 {WindowDays} 天送达 {c.Delivered} 封，其中 {c.Complained} 封被举报为垃圾邮件（{Percent(rate)}，上限 {Percent(ComplaintStop)}）。"
        );

    private static Phrase Bounces(long back, long outcomes) =>
        new(
            $"{back} of {outcomes} messages of the last {WindowDays} days came back ({Percent((double)back / outcomes)}; the limit is {Percent(BounceStop)}).",
            $"近 {WindowDays} 天 {outcomes} 封邮件中有 {back} 封被退回（{Percent((double)back / outcomes)}，上限 {Percent(BounceStop)}）。"
        );

    private static string Percent(double share) => (share * 100).ToString("0.##", CultureInfo.InvariantCulture) + "%";
}

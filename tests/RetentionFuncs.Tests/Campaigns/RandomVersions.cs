using RetentionFuncs.Campaigns;
using RetentionFuncs.Offers;
using RetentionFuncs.Scoring;
using RetentionFuncs.Scoring.Values;

namespace RetentionFuncs.Tests.Campaigns;

internal static class RandomVersions
{
    private static T Pick<T>(Random random, params T[] values) => values[random.Next(values.Length)];

    private static string Line(Random random) =>
        string.Concat(
            Enumerable
                .Range(0, random.Next(1, 6))
                .Select(_ =>
                    Pick(
                        random,
                        "a",
                        "Tea & co",
                        " ",
                        ": ",
                        "#",
                        "yes",
                        "1",
                        "'",
                        "\"",
                        "\\",
                        "- ",
                        "? ",
                        "{x}",
                        "[",
                        "]",
                        "%",
                        "@",
                        "好",
                        "，",
                        "😀",
                        "é",
                        "!",
                        "|",
                        ">",
                        "*",
                        "&a",
                        "~",
                        "null",
                        "\t",
                        "\u200D",
                        "…"
                    )
                )
        )
            is var line
        && line.Trim().Length > 0
            ? line
            : "x";

    private static string Body(Random random, string end) =>
        string.Join('\n', Enumerable.Range(0, random.Next(1, 5)).Select(_ => random.Next(4) == 0 ? "" : Line(random))) + "\n" + end;

    /// <summary>A version whose every text is hard to write down.</summary>
    public static CampaignVersion Next(Random random)
    {
        var hasOffer = random.Next(2) == 0;
        var steps = new List<JourneyStep>
        {
            new JourneyStep.Message(
                "first",
                "first",
                Pick(random, "primary", "buyer"),
                Pick(random, MessagePurpose.Care, MessagePurpose.Service, MessagePurpose.Promotion),
                Pick<int?>(random, null, 1, 30),
                null
            ),
            new JourneyStep.Wait("w1", random.Next(1, 100)),
            new JourneyStep.Message(
                "second",
                "second",
                "primary",
                MessagePurpose.Promotion,
                null,
                hasOffer ? new PercentOffer(random.Next(1, 999) / 10m, random.Next(1, 60), random.Next(3) * 12.5m) : null
            ),
        };
        var campaign = new Campaign(
            "c-" + random.Next(100),
            new Dictionary<string, string> { ["en"] = Line(random), ["zh-CN"] = Line(random) },
            Pick(random, CampaignJob.PreventLoss, CampaignJob.WinBack),
            Pick(random, "everyone", "stage >= lapsing or spend > 20.50", "country in (de, 'FR') and not bought_once"),
            Pick<CampaignTrigger>(
                random,
                new CampaignTrigger.StageEntered(LapseStage.Lost),
                new CampaignTrigger.DaysAfterOrder(random.Next(1, 200)),
                new CampaignTrigger.Replenish(random.Next(0, 60)),
                new CampaignTrigger.BirthdayCame(),
                new CampaignTrigger.TierMoved(
                    Pick(random, TierDirection.Up, TierDirection.Down),
                    Pick<ValueTier?>(random, null, ValueTier.Major)
                ),
                new CampaignTrigger.DateList([new DateOnly(2027, 2, 6), new DateOnly(2026, 9, 25)])
            ),
            steps,
            random.Next(2) == 0,
            "shop",
            random.Next(1, 400),
            Pick<decimal?>(random, null, 0m, 0.125m, 0.5m),
            random.Next(101),
            Pick<DateOnly?>(random, null, new DateOnly(2026, 1, 1)),
            Pick<DateOnly?>(random, null, new DateOnly(2028, 1, 1)),
            Pick<int?>(random, null, 2, 5000),
            random.Next(3) * 25
        )
        {
            Topic = Pick(random, null, "news", "care-tips"),
        };
        var sender = new SenderProfile(
            "shop",
            new Dictionary<string, string> { ["en"] = Line(random).Replace('@', 'a') },
            "a@b.example",
            "c@b.example",
            Body(random, "Berlin")
        );
        TemplateText Text(string end) => new(Line(random), Body(random, end), Body(random, end));
        var offer = hasOffer ? "{{offer_code}} {{offer_ends}}" : "bye";
        return CampaignVersions.Of(
            campaign,
            sender,
            [
                new MessageTemplate("first", new Dictionary<string, TemplateText> { ["en"] = Text("{{name}}"), ["zh-CN"] = Text("好") }),
                new MessageTemplate("second", new Dictionary<string, TemplateText> { ["en"] = Text(offer), ["zh-CN"] = Text(offer) }),
            ]
        );
    }
}

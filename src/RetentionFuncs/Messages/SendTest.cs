using RetentionFuncs.Campaigns;
using RetentionFuncs.Clocks;
using RetentionFuncs.Customers;
using RetentionFuncs.Findings;
using RetentionFuncs.Identity;
using RetentionFuncs.Offers;
using RetentionFuncs.Operations;
using RetentionFuncs.Orders;
using RetentionFuncs.Settings;
using RetentionFuncs.Storage;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Messages;

/// <param name="Customer">The shop's own id of a customer whose facts are used; null: a sample customer.</param>
/// <param name="By">Who asks.</param>
public sealed record TestOrder(string Campaign, string Step, EmailAddress To, string? Customer, string By);

/// <summary>One language of a test.</summary>
/// <param name="Result">Null when the message could not be rendered or was not handed over; <paramref name="Problem"/> says why.</param>
public sealed record TestCopy(string Locale, string? Subject, SendResult? Result, string? Problem);

public abstract record TestEnding
{
    private TestEnding() { }

    /// <summary>Not possible, with what to do.</summary>
    public sealed record Refused(Phrase Reason) : TestEnding;

    /// <summary>One for each language of the template.</summary>
    public sealed record Done(IReadOnlyList<TestCopy> Copies) : TestEnding;
}

/// <summary>
/// Sends a step's message to somebody of the shop, in every language it has, over the way that customers' messages take. An operation is
/// noted and no touchpoint made: caps, reports and coupons know nothing of it.
/// </summary>
public sealed class SendTest(
    IRowStore store,
    IMessageSender sender,
    SendControl control,
    MessageRenderer renderer,
    CampaignBook book,
    BusinessSettings settings,
    BusinessCalendar calendar,
    InstanceSecret secret,
    IIdSource ids,
    NoteOperation note,
    TimeProvider clock
)
{
    private const int SampleSilence = 120;

    private sealed record Facts(Contact Contact, PurchaseSummary Summary, bool IsSample);

    /// <exception cref="StoreUnavailableException">Whether a copy went out before is with the person who asked.</exception>
    public async ValueTask<TestEnding> RunAsync(TestOrder order)
    {
        book.Forget();
        if (await book.FindAsync(order.Campaign) is not { } live)
        {
            return Refused(
                $"There is no campaign '{order.Campaign}'; apply its file first.",
                $"没有活动“{order.Campaign}”，请先用 apply 应用其文件。"
            );
        }

        if (StepOf(live, order.Step) is not { } step)
        {
            var known = string.Join(", ", live.Version.Campaign.Messages.Where(m => m.Channel == Channel.Email).Select(m => m.Id));
            return Refused(
                $"'{order.Step}' is no e-mail step of '{order.Campaign}'. There are: {known}.",
                $"“{order.Step}”不是活动“{order.Campaign}”的邮件步骤。可选：{known}。"
            );
        }

        if (await book.IsKilledAsync())
        {
            return Refused(
                "All sending is stopped by hand; 'retention kill-switch off' ends that.",
                "已人工停止所有发送；请先运行 retention kill-switch off。"
            );
        }

        var today = calendar.DayOf(clock.GetUtcNow());
        if (await FactsAsync(order.Customer, step, today) is not { } facts)
        {
            return Refused(
                $"There is no customer '{order.Customer}', or nobody to write to.",
                $"没有顾客“{order.Customer}”，或没有可联系的人。"
            );
        }

        _ = await note.RunAsync(
            order.By,
            "send-test",
            $"{order.Campaign}/{step.Id}",
            facts.IsSample ? "sample customer" : "a customer's facts"
        );
        var copies = new List<TestCopy>();
        foreach (var locale in live.Version.Templates[step.Template].Locales.Keys.Where(l => MessagePhrases.For(l) is not null))
        {
            copies.Add(await SendAsync(live.Version, step, facts, order.To, locale));
        }

        return new TestEnding.Done(copies);
    }

    private static JourneyStep.Message? StepOf(LiveCampaign live, string step) =>
        live.Version.Campaign.StepById(step) as JourneyStep.Message is { Channel: Channel.Email } found ? found : null;

    private async ValueTask<TestCopy> SendAsync(
        CampaignVersion version,
        JourneyStep.Message step,
        Facts facts,
        EmailAddress to,
        string locale
    )
    {
        var now = clock.GetUtcNow();
        var request = RequestFor(version, step, facts, to, locale, now);
        var outcome = renderer.Render(request);
        if (outcome is not RenderOutcome.Rendered rendered)
        {
            return new TestCopy(locale, null, null, ((RenderOutcome.Refused)outcome).Reason);
        }

        var message = TestMessages.Marked(rendered.Message, MessageLocales.LanguageOf(locale) == "zh" ? "测试" : "Test");
        if (await control.AskAsync(now) is SendPermit.WaitUntil wait)
        {
            return new TestCopy(locale, message.Subject, null, wait.Why);
        }

        var result = await sender.SendAsync(message);
        _ = await control.TellAsync(result, clock.GetUtcNow());
        return new TestCopy(locale, message.Subject, result, null);
    }

    private RenderRequest RequestFor(
        CampaignVersion version,
        JourneyStep.Message step,
        Facts facts,
        EmailAddress to,
        string locale,
        DateTimeOffset now
    )
    {
        var today = calendar.DayOf(now);
        var isChinese = MessageLocales.LanguageOf(locale) == "zh";
        var name = facts.IsSample ? (isChinese ? "李华" : "Anna Lind") : facts.Contact.Name;
        var country = facts.IsSample && isChinese ? "CN" : facts.Contact.Country;
        var coupon = step.Offer is { } offer
            ? new Coupon(TestMessages.Code, offer.Percent, today.AddDays(offer.ValidDays - 1), offer.MinimumOrder)
            : null;
        var real = new RenderRequest(
            version,
            step,
            facts.Contact with
            {
                Locale = locale,
                Country = country,
            },
            settings,
            facts.Summary,
            today,
            coupon,
            default,
            "",
            secret.InstanceId,
            now,
            new MessageLinks(null, "", "")
        );
        return TestMessages.Dead(real, to, name, secret, ids);
    }

    private async ValueTask<Facts?> FactsAsync(string? customer, JourneyStep.Message step, DateOnly today)
    {
        if (customer is null)
        {
            var sample = new Contact(
                new ContactKey(""),
                Contact.Primary,
                [Contact.Primary],
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null
            );
            return new Facts(sample, new PurchaseSummary([today.AddDays(-SampleSilence)], 1, []), true);
        }

        var partition = await CustomerPartition.LoadAsync(store, secret.CustomerKeyOf(customer));
        var contacts = partition.Contacts();
        var contact = contacts.FirstOrDefault(c => c.Is(step.To)) ?? contacts.FirstOrDefault(c => c.Is(Contact.Primary));
        return partition.Profile() is null || contact is null ? null : new Facts(contact, partition.Summary(), false);
    }

    private static TestEnding.Refused Refused(string en, string zh) => new(new Phrase(en, zh));
}

using RetentionFuncs.Experiences;
using RetentionFuncs.Imports;
using RetentionFuncs.Orders;
using RetentionFuncs.Scoring.Reasons;
using RetentionFuncs.Settings;

namespace RetentionFuncs.ShopEvents;

/// <summary>Reads what an event tells of a customer's experience: <c>complaint, delivery, return, survey, invoice, account</c>.</summary>
internal static class ShopExperienceReader
{
    private static readonly Dictionary<string, ComplaintTopic> Topics = new(StringComparer.Ordinal)
    {
        ["quality"] = ComplaintTopic.Quality,
        ["delivery"] = ComplaintTopic.Delivery,
        ["service"] = ComplaintTopic.Service,
        ["price"] = ComplaintTopic.Price,
        ["other"] = ComplaintTopic.Other,
    };

    private static readonly Dictionary<string, ReturnCause> Causes = new(StringComparer.Ordinal)
    {
        ["quality"] = ReturnCause.Quality,
        ["damaged"] = ReturnCause.Damaged,
        ["wrong_item"] = ReturnCause.WrongItem,
        ["changed_mind"] = ReturnCause.ChangedMind,
        ["other"] = ReturnCause.Other,
    };

    private static readonly Dictionary<string, Satisfaction> Levels = new(StringComparer.Ordinal)
    {
        ["very_satisfied"] = Satisfaction.VerySatisfied,
        ["satisfied"] = Satisfaction.Satisfied,
        ["no_opinion"] = Satisfaction.NoOpinion,
        ["somewhat_dissatisfied"] = Satisfaction.SomewhatDissatisfied,
        ["very_dissatisfied"] = Satisfaction.VeryDissatisfied,
    };

    /// <param name="fields">Of the whole event.</param>
    /// <returns>Null for the kinds that tell no experience, and when a finding was said.</returns>
    public static ExperienceNews? Read(EventFields fields, ShopEventKind kind, string id, DateTimeOffset at) =>
        kind switch
        {
            ShopEventKind.ComplaintOpened => Inside(
                fields,
                "complaint",
                f =>
                    (f.Id("id", required: true), f.Choice("topic", Topics)) is ({ } of, var topic)
                        ? new ExperienceNews.ComplaintOpened(id, at, of, topic)
                        : null
            ),
            ShopEventKind.ComplaintResolved => Inside(
                fields,
                "complaint",
                f => f.Id("id", required: true) is { } of ? new ExperienceNews.ComplaintResolved(id, at, of) : null
            ),
            ShopEventKind.ComplaintAnswered => Inside(
                fields,
                "complaint",
                f => f.Id("id", required: true) is { } of ? new ExperienceNews.ComplaintAnswered(id, at, of) : null
            ),
            ShopEventKind.OrderDelivered => Inside(fields, "delivery", f => Delivery(f, id, at)),
            ShopEventKind.OrderReturned => Inside(fields, "return", f => Returned(f, id, at)),
            ShopEventKind.SurveyAnswered => Inside(fields, "survey", f => Answered(f, id, at)),
            ShopEventKind.InvoicePaid => Inside(fields, "invoice", f => InvoicePaid(f, id, at)),
            ShopEventKind.InvoiceDue => Inside(fields, "invoice", f => InvoiceDue(f, id, at)),
            ShopEventKind.OwnerLeft => Inside(
                fields,
                "account",
                f => f.Id("owner", required: true) is { } owner ? new ExperienceNews.OwnerLeft(id, at, owner) : null
            ),
            ShopEventKind.ContactMoved => Inside(
                fields,
                "account",
                f => f.Id("contact", required: true) is { } contact ? new ExperienceNews.ContactMoved(id, at, contact) : null
            ),
            _ => null,
        };

    private static ExperienceNews? Inside(EventFields fields, string name, Func<EventFields, ExperienceNews?> read)
    {
        if (fields.Object(name, required: true) is not { } inner)
        {
            return null;
        }

        var news = read(inner);
        inner.End();
        return news;
    }

    private static ExperienceNews.Delivery? Delivery(EventFields f, string id, DateTimeOffset at)
    {
        var order = f.Id("order", required: true);
        var promised = f.Day("promisedOn");
        var came = NotAfter(f, "deliveredOn", at);
        var (ordered, delivered) = (f.Amount("ordered"), f.Amount("delivered"));
        if (ordered is null != delivered is null)
        {
            f.Say(ordered is null ? "ordered" : "delivered", new("is missing beside the other quantity", "缺失；两个数量要一起写"));
        }

        if (delivered > ordered)
        {
            f.Say("delivered", new("is more than was ordered", "大于订购数量"));
        }

        var urgent = f.Flag("urgent") ?? false;
        return order is null ? null : new(id, at, order, promised, came, ordered, delivered) { IsUrgent = urgent };
    }

    private static ExperienceNews.Returned? Returned(EventFields f, string id, DateTimeOffset at)
    {
        var order = f.Id("order", required: true);
        var amount = MoneyOf(f, required: false);
        var cause = f.Choice("cause", Causes);
        return order is null ? null : new(id, at, order, amount, cause);
    }

    private static ExperienceNews.Answered? Answered(EventFields f, string id, DateTimeOffset at)
    {
        var level = f.Choice("satisfaction", Levels);
        var reason = f.Choice("reason", ReasonWords.All);
        if (!f.Has("satisfaction") && !f.Has("reason"))
        {
            f.Say(
                "satisfaction",
                new("is missing, and so is reason; an answer has one of them or both", "缺失，reason 也缺失；至少要写其中一项")
            );
        }

        return level is null && reason is null ? null : new(id, at, level, reason);
    }

    private static ExperienceNews.InvoicePaid? InvoicePaid(EventFields f, string id, DateTimeOffset at)
    {
        var invoice = f.Id("id", required: true);
        var due = f.Day("dueOn", required: true);
        var paid = NotAfter(f, "paidOn", at);
        var amount = MoneyOf(f, required: true);
        var partial = f.Flag("partial") ?? false;
        return invoice is null || due is null || amount is null
            ? null
            : new(id, at, invoice, due.Value, paid, amount.Value) { IsPartial = partial };
    }

    private static ExperienceNews.InvoiceDue? InvoiceDue(EventFields f, string id, DateTimeOffset at)
    {
        var invoice = f.Id("id", required: true);
        var due = f.Day("dueOn") ?? DateOnly.FromDateTime(at.DateTime);
        var promised = f.Day("promisedOn");
        var amount = MoneyOf(f, required: true);
        return invoice is null || amount is null ? null : new(id, at, invoice, due, amount.Value, promised);
    }

    /// <summary>The day told, else the event's own day; days are the shop's, which the event's offset tells.</summary>
    private static DateOnly NotAfter(EventFields f, string name, DateTimeOffset at)
    {
        var day = DateOnly.FromDateTime(at.DateTime);
        if (f.Day(name) is not { } told)
        {
            return day;
        }

        if (told > day)
        {
            f.Say(name, new("lies after the event", "晚于事件发生的日期"));
        }

        return told;
    }

    private static Money? MoneyOf(EventFields f, bool required)
    {
        var amount = f.Amount("amount", required);
        var currency = f.Text<string>("currency", ReadCurrency, required || amount is not null);
        return amount is { } paid && currency is { } code ? new Money(paid, code) : null;
    }

    private static bool ReadCurrency(string text, out string currency, out Wording problem)
    {
        currency = text;
        problem = ShopOrderReader.NoCurrency;
        return CurrencyCodes.All.Contains(text);
    }
}

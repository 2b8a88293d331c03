using System.Text.Json;
using RetentionFuncs.Customers.Joining;
using RetentionFuncs.Imports;

namespace RetentionFuncs.ShopEvents;

/// <summary>Reads <c>merged</c> and <c>split</c>; the customer of the event is the one that remains, or the new one.</summary>
internal static class ShopJoinReader
{
    public const int MostOrders = 500;

    /// <param name="fields">Of the whole event.</param>
    /// <param name="into">The event's customer.</param>
    /// <returns>Null for the other kinds, and when a finding was said.</returns>
    public static CustomerJoin? Read(EventFields fields, ShopEventKind? kind, string into) =>
        kind switch
        {
            ShopEventKind.CustomerMerged when fields.Object("merged", required: true) is { } told => Merged(told, into),
            ShopEventKind.CustomerSplit when fields.Object("split", required: true) is { } told => Split(told, into),
            _ => null,
        };

    private static CustomerJoin.Merged? Merged(EventFields f, string into)
    {
        var from = FromOf(f, into);
        f.End();
        return from is null ? null : new(from, into);
    }

    private static CustomerJoin.Split? Split(EventFields f, string into)
    {
        var from = FromOf(f, into);
        var orders = new List<string>();
        foreach (var (path, value) in f.List("orders", MostOrders) ?? [])
        {
            if (value.ValueKind == JsonValueKind.String && IdField.TryRead(value.GetString(), out var id, out _))
            {
                orders.Add(id);
            }
            else
            {
                f.SayAt(path, new("is not the id of an order", "不是订单编号"));
            }
        }

        if (orders.Count == 0)
        {
            f.Say("orders", new("names no order; say which are the new customer's", "没有订单；请写明哪些订单属于新顾客"));
        }

        f.End();
        return from is null ? null : new(from, into, orders);
    }

    private static string? FromOf(EventFields f, string into)
    {
        var from = f.Id("from", required: true);
        if (from == into)
        {
            f.Say("from", new("is the event's own customer", "与事件所属顾客相同"));
            return null;
        }

        return from;
    }
}

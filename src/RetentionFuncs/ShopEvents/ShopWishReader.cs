using RetentionFuncs.ContactPolicy.Confirmations;
using RetentionFuncs.Imports;

namespace RetentionFuncs.ShopEvents;

/// <summary>Reads <c>request</c>: a wish for marketing mail that has to be confirmed before it counts.</summary>
internal static class ShopWishReader
{
    /// <param name="fields">Of the whole event.</param>
    public static ConsentWish? Read(EventFields fields, string id, DateTimeOffset at)
    {
        if (fields.Object("request", required: true) is not { } said)
        {
            return null;
        }

        var source = said.Text("source", required: true) is { } text ? TextField.Clean(text, out _) : null;
        if (source is { Length: 0 })
        {
            said.Say("source", new("is empty; say where the person asked", "为空；请写明在何处提出申请"));
        }

        var words = said.Words("words");
        said.End();
        return source is null ? null : new ConsentWish(id, source, words, at);
    }
}

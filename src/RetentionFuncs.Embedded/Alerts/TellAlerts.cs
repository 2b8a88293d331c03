using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using RetentionFuncs.Embedded.Home;
using RetentionFuncs.Embedded.Stores;
using RetentionFuncs.Findings;
using RetentionFuncs.Keeping;
using RetentionFuncs.Messages;

namespace RetentionFuncs.Embedded.Alerts;

/// <summary>
/// Tells of what needs a person, once when it begins and once when it is over: a line in <c>alerts.jsonl</c>, and a mail where the settings
/// name an address. A mail that cannot leave is tried again at the next tick; the line is not written twice.
/// </summary>
internal static class TellAlerts
{
    public const string FileName = "alerts.jsonl";

    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="kept">Causes that this look could not see, whose alerts stay as they are.</param>
    public static async ValueTask RunAsync(EmbeddedHome home, IReadOnlyList<Alert> found, IReadOnlySet<string> kept)
    {
        var rows = new AlertRows(home.Product.Store);
        var now = home.Product.Clock.GetUtcNow();
        var standing = (await rows.ReadAsync()).ToDictionary(s => s.Alert.Cause, StringComparer.Ordinal);
        foreach (var alert in found)
        {
            await RaiseAsync(home, rows, standing.GetValueOrDefault(alert.Cause), alert, now);
        }

        foreach (var over in standing.Values.Where(s => !kept.Contains(s.Alert.Cause) && found.All(f => f.Cause != s.Alert.Cause)))
        {
            Write(home, over.Alert, "cleared", now);
            // Whether its mail leaves or not: that it is over is in the file, and asking for ever helps nobody.
            _ = await MailAsync(home, over.Alert, isOver: true, now);
            await rows.RemoveAsync(over.Alert.Cause);
        }
    }

    private static async ValueTask RaiseAsync(EmbeddedHome home, AlertRows rows, StandingAlert? known, Alert alert, DateTimeOffset now)
    {
        if (known is null)
        {
            Write(home, alert, "raised", now);
        }

        if (known is null or { Mailed: false })
        {
            await rows.PutAsync(new StandingAlert(alert, known?.Since ?? now, await MailAsync(home, alert, isOver: false, now)));
        }
    }

    private static void Write(EmbeddedHome home, Alert alert, string state, DateTimeOffset now)
    {
        var line = JsonSerializer.Serialize(
            new
            {
                at = now,
                alert.Cause,
                state,
                en = alert.Said.En,
                zh = alert.Said.Zh,
            },
            Form
        );
        using var file = DataFolder.NewFile(home.Folder.In(FileName), FileMode.OpenOrCreate);
        file.Seek(0, SeekOrigin.End);
        file.Write(Encoding.UTF8.GetBytes(line + "\n"));
        file.Flush(flushToDisk: true);
    }

    /// <returns>Whether no mail is owed any more.</returns>
    private static async ValueTask<bool> MailAsync(EmbeddedHome home, Alert alert, bool isOver, DateTimeOffset now)
    {
        if (home.Product.Settings.Alerts.Mail is not { } to)
        {
            return true;
        }

        var result = await home.Sender.SendAsync(await MessageAsync(home, to, alert, isOver, now));
        // Unknown may have left, and a refusal will be one again.
        return result is not (SendResult.ProvenNotSent or SendResult.SystemicRefusal);
    }

    private static async ValueTask<OutboundMessage> MessageAsync(EmbeddedHome home, string to, Alert alert, bool isOver, DateTimeOffset now)
    {
        var product = home.Product;
        var from = (await product.Campaigns.AllAsync()).Select(c => c.Version.Sender.FromAddress).FirstOrDefault() ?? to;
        var head = isOver ? new Phrase("Over", "已恢复") : new Phrase("Needs a person", "需要处理");
        var language = product.Settings.Locale;
        var text = $"{head.En}: {alert.Said.En}\n\n{head.Zh}：{alert.Said.Zh}\n\n{product.Settings.Name}, {home.Folder.Path}\n";
        var html = $"<p>{Escaped(head.En)}: {Escaped(alert.Said.En)}</p><p>{Escaped(head.Zh)}：{Escaped(alert.Said.Zh)}</p>";
        return new OutboundMessage(
            new Mailbox("RetentionFuncs", from),
            new Mailbox(null, to),
            new Mailbox(null, to),
            $"[{product.Settings.Name}] {head.In(language)}: {alert.Cause}",
            html,
            text,
            language,
            [],
            "alert",
            $"alert.{alert.Cause}.{now.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)}",
            product.Ids.NewId(),
            product.Secret.InstanceId,
            now
        );
    }

    private static string Escaped(string text) => HtmlEncoder.Default.Encode(text);
}

using System.Text;
using RetentionFuncs.Embedded.Outbox;
using RetentionFuncs.Messages;
using static RetentionFuncs.Tests.Messages.MessageSamples;

namespace RetentionFuncs.Tests.Outbox;

public sealed class OutboxSenderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("outbox").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private OutboxSender Sender() => new(_folder, TimeProvider.System);

    private async Task<EmlReader> WrittenAsync(OutboundMessage message)
    {
        (await Sender().SendAsync(message)).ShouldBeOfType<SendResult.Accepted>();
        return EmlReader.Read(await File.ReadAllBytesAsync(Sender().PathOf(message)));
    }

    [Theory]
    [InlineData("Anna Lind", "en")]
    [InlineData("李华", "zh-CN")]
    [InlineData("Łukasz Großmann", "en")]
    [InlineData("=?utf-8?B?QUJD?=", "en")]
    [InlineData("אבי כהן", "en")]
    public async Task What_is_written_reads_back_as_it_was(string name, string locale)
    {
        var message = Rendered(Request(contact: Person(name, locale, "SG")));

        var read = await WrittenAsync(message);

        read.Header("Subject").ShouldBe(message.Subject);
        read.Header("To").ShouldBe($"{message.To.Name} <anna@mail.example>");
        read.Header("Date").ShouldBe("Thu, 05 Mar 2026 09:30:00 +0100");
        read.Header("List-Unsubscribe-Post").ShouldBe("List-Unsubscribe=One-Click");
        read.Header("List-Unsubscribe").ShouldBe(message.Headers[0].Value);
        read.Header("X-Rf-Touch").ShouldBe(message.Reference);
        read.Header("X-Rf-Attempt").ShouldBe(message.AttemptId);
        read.Parts[0].Type.ShouldBe("text/plain; charset=utf-8");
        read.Parts[0].Text.ShouldBe(message.Text.ReplaceLineEndings("\r\n"));
        read.Parts[1].Type.ShouldBe("text/html; charset=utf-8");
        read.Parts[1].Text.ShouldBe(message.Html.ReplaceLineEndings("\r\n"));
    }

    [Theory]
    [InlineData("A", "en")]
    [InlineData("一个相当长的标题，用来看看折行之后每一个字是否都还完整，😀😀😀没有任何一个字符被从中间切开", "zh-CN")]
    [InlineData("a word and another word and another word and another word and another word and another word and one", "en")]
    public async Task Every_line_is_short_ASCII_and_ends_in_CRLF(string subject, string locale)
    {
        var message = Rendered(Request(contact: Person(locale: locale))) with { Subject = subject };
        var read = await WrittenAsync(message);

        read.Header("Subject").ShouldBe(subject);
        var text = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(Sender().PathOf(message)));
        text.All(c => c is >= ' ' and <= '~' or '\r' or '\n').ShouldBeTrue();
        text.Replace("\r\n", "").IndexOfAny(['\r', '\n']).ShouldBe(-1);
        text.Split("\r\n")
            .Where(l =>
                !l.StartsWith("List-Unsubscribe:", StringComparison.Ordinal) && !l.StartsWith("Message-ID:", StringComparison.Ordinal)
            )
            .ShouldAllBe(l => l.Length <= 76);
    }

    [Theory]
    [InlineData("From here\nFrom there\n.\n..\ntrailing space \ntab\t\nequals = sign")]
    [InlineData("no newline at the end")]
    [InlineData(
        "a very long line without any space at all: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxéxxxxxxxxxxx"
    )]
    [InlineData("--=_rf_attempt234567abcdefghijklm--\r\n")]
    public void Odd_text_survives_the_encoding(string text)
    {
        var message = Rendered(Request()) with { Text = text };
        EmlReader
            .Read(EmlWriter.Write(message))
            .Parts[0]
            .Text.TrimEnd('\r', '\n')
            .ShouldBe(text.ReplaceLineEndings("\r\n").TrimEnd('\r', '\n'));
    }

    [Theory]
    [InlineData("Hello\r\nBcc: everyone@mail.example")]
    [InlineData("Hello\nX-Evil: 1\r\n\r\n<html>")]
    [InlineData("=?utf-8?B?DQpCY2M6IGE=?=")]
    public void A_header_can_never_be_injected(string evil)
    {
        var message = Rendered(Request());
        var poisoned = message with
        {
            Subject = evil,
            Category = evil,
            Language = evil,
            From = new Mailbox(evil, evil),
            To = new Mailbox(evil, "a@b.example>\r\nBcc: <c@d.example"),
            Headers = [KeyValuePair.Create("List-Unsubscribe", evil)],
        };

        var names = EmlReader.Read(EmlWriter.Write(poisoned)).Headers.Select(h => h.Name).ToList();

        names.ShouldBe([
            "Date",
            "From",
            "Reply-To",
            "To",
            "Subject",
            "Message-ID",
            "List-Unsubscribe",
            "X-Rf-Touch",
            "X-Rf-Attempt",
            "X-Rf-Instance",
            "X-Rf-Category",
            "Content-Language",
            "MIME-Version",
            "Content-Type",
        ]);
    }

    [Fact]
    public async Task A_display_name_with_special_characters_is_quoted()
    {
        var read = await WrittenAsync(Rendered(Request(contact: Person("Lind, Anna \"Annie\" <A>"))));
        read.Header("To").ShouldBe("\"Lind, Anna \\\"Annie\\\" <A>\" <anna@mail.example>");
    }

    [Fact]
    public async Task The_same_attempt_twice_is_one_file_and_the_first_one_stays()
    {
        var message = Rendered(Request());
        _ = await Sender().SendAsync(message);
        var again = await Sender().SendAsync(message with { Subject = "Changed" });

        again.ShouldBeOfType<SendResult.Accepted>();
        Directory.GetFiles(_folder, "*", SearchOption.AllDirectories).ShouldBe([Sender().PathOf(message)]);
        EmlReader.Read(await File.ReadAllBytesAsync(Sender().PathOf(message))).Header("Subject").ShouldBe(message.Subject);
    }

    [Fact]
    public void The_file_stands_under_its_day_touch_and_attempt()
    {
        Sender()
            .PathOf(Rendered(Request()))
            .ShouldBe(
                Path.Combine(_folder, "2026-03-05", "abcdefghijklmnopqrstuvwxyz.234567abcdefghijklmnopqrst.attempt234567abcdefghijklm.eml")
            );
    }

    [Fact]
    public async Task A_full_disk_is_proven_not_sent_and_leaves_nothing_behind()
    {
        var message = Rendered(Request());
        var sender = new OutboxSender(_folder, TimeProvider.System) { OpenNew = path => new FullDisk(path) };

        var result = await sender.SendAsync(message);

        result.ShouldBeOfType<SendResult.ProvenNotSent>().Reason.ShouldContain("No space left");
        Directory.GetFiles(_folder, "*", SearchOption.AllDirectories).ShouldBeEmpty();
        (await Sender().SendAsync(message)).ShouldBeOfType<SendResult.Accepted>();
    }

    [Fact]
    public async Task An_outbox_that_is_not_a_folder_is_proven_not_sent()
    {
        var file = Path.Combine(_folder, "taken");
        await File.WriteAllTextAsync(file, "");

        (await new OutboxSender(file, TimeProvider.System).SendAsync(Rendered(Request()))).ShouldBeOfType<SendResult.ProvenNotSent>();
    }

    [Fact]
    public async Task A_draft_left_by_a_crash_is_overwritten()
    {
        var message = Rendered(Request());
        var path = Sender().PathOf(message);
        _ = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path + ".part", "half a mess");

        _ = await WrittenAsync(message);

        File.Exists(path + ".part").ShouldBeFalse();
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("a/b")]
    [InlineData(".hidden")]
    [InlineData("")]
    public async Task A_reference_that_is_a_path_is_refused(string reference)
    {
        (await Sender().SendAsync(Rendered(Request()) with { Reference = reference })).ShouldBeOfType<SendResult.Refused>();
        Directory.GetFileSystemEntries(_folder).ShouldBeEmpty();
    }

    private sealed class FullDisk(string path) : FileStream(path, FileMode.Create)
    {
        public override void Write(byte[] buffer, int offset, int count)
        {
            base.Write(buffer, offset, 10);
            throw new IOException("No space left on device");
        }
    }
}

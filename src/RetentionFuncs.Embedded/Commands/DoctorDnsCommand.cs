using System.CommandLine;
using System.Text;
using RetentionFuncs.Campaigns;
using RetentionFuncs.Deliverability.DnsRecords;
using RetentionFuncs.Embedded.Home;

namespace RetentionFuncs.Embedded.Commands;

/// <summary>Holds DNS records that somebody looked up against what mailbox providers ask of the senders on file. Asks no name server.</summary>
internal static class DoctorDnsCommand
{
    private const long LargestFile = 4 * 1024 * 1024;

    public static Command Define(CommandLine line)
    {
        var file = new Argument<string>("file") { Description = "Records as dig or a zone file write them, or JSON." };
        var command = new Command(
            "dns",
            "Check SPF, DKIM, DMARC and MX of the sending domains by given records; the outcome is kept for launches."
        )
        {
            file,
        };
        line.Bind(
            command,
            (context, parsed) => WithHome.ReadAsync(context, home => RunAsync(context, home, context.PathOf(parsed.GetValue(file)!)))
        );
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, EmbeddedHome home, string path)
    {
        if (!File.Exists(path) || new FileInfo(path).Length > LargestFile)
        {
            return context.Usage($"{path}: there is no such file, or it is larger than 4 MB.", $"{path}：文件不存在，或超过 4 MB。");
        }

        var read = DnsFile.Read(await File.ReadAllTextAsync(path, Encoding.UTF8), Path.GetFileName(path));
        if (read.Records is not { } records)
        {
            foreach (var finding in read.Findings)
            {
                context.Err.WriteLine(finding.Describe(context.Language));
            }

            return Exit.WrongUsage;
        }

        var senders = await SendersAsync(context, home);
        if (senders.Count == 0)
        {
            return context.Usage("There is no sender yet; write campaigns/senders first.", "还没有发件人，请先填写 campaigns/senders。");
        }

        var findings = DnsChecks.Of(senders, records);
        await home.Product.DnsStandings.PutAsync(findings);
        Show(context, findings);
        return findings.Any(f => f.Weight == DnsWeight.Red) ? Exit.WithRefusals : Exit.Done;
    }

    /// <summary>Those of the files and those on file.</summary>
    private static async Task<IReadOnlyCollection<SenderProfile>> SendersAsync(CommandContext context, EmbeddedHome home)
    {
        var applied = (await home.Product.Campaigns.AllAsync()).Select(c => c.Version.Sender);
        return [.. CampaignFiles.Read(context.Folder.Campaigns).Senders.Values.Concat(applied)];
    }

    private static void Show(CommandContext context, IReadOnlyList<DnsFinding> findings)
    {
        if (context.Json)
        {
            context.Print(
                new
                {
                    fine = findings.All(f => f.Weight != DnsWeight.Red),
                    findings = findings.Select(f => new
                    {
                        weight = f.Weight.ToString().ToLowerInvariant(),
                        f.Domain,
                        f.Subject,
                        text = f.Message.In(context.Language),
                    }),
                }
            );
            return;
        }

        foreach (var f in findings)
        {
            var mark = f.Weight switch
            {
                DnsWeight.Red => "✗",
                DnsWeight.Note => "!",
                _ => "✓",
            };
            context.Out.WriteLine($"{mark} {f.Domain} {f.Subject}: {f.Message.In(context.Language)}");
        }
    }
}

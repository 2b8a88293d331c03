using RetentionFuncs.Customers;
using RetentionFuncs.Imports;
using RetentionFuncs.Tests.Imports.Uploads;

namespace RetentionFuncs.Tests.Imports.Shops;

public sealed class ShopUploadTests
{
    [Fact]
    public async Task A_shops_file_brought_to_a_running_home_in_slices_comes_to_the_same_account()
    {
        var file = TaobaoTests.File;
        for (var i = 0; i < 5_000; i++)
        {
            file.Row(
                TaobaoTests.Order(
                    $"{i}",
                    $"buyer{i}",
                    "9",
                    (
                        "订单状态",
                        i % 5 == 0 ? "交易关闭"
                        : i % 7 == 0 ? "不明"
                        : "交易成功"
                    )
                )
            );
        }

        var declared = new ImportDeclaration
        {
            Encoding = "gbk",
            Consent = "sms",
            ConsentBasis = "express",
            ConsentSource = "会员入会条款 2024-03",
            Values = new Dictionary<string, IReadOnlyDictionary<string, string>>
            {
                ["status"] = new Dictionary<string, string> { ["交易关闭"] = "cancelled" },
            },
        };
        using var world = new UploadWorld();
        var upload = await world.SendAsync(file.Gb18030, declared: declared);
        (await world.DeliverAsync()).ShouldBeGreaterThan(1);
        var report = await world.ReportAsync(upload);
        (report.Rows, report.Accepted, report.Skipped, report.Refused).ShouldBe((5_000, 3_428, 1_000, 572));
        report.SkippedBecause.ShouldHaveSingleItem().Rows.ShouldBe(1_000);
        (await world.NowAsync(upload)).Position!.Skipped.ShouldBe(1_000);
        var key = world.Trip.Secret.CustomerKeyOf("buyer1");
        var contact = (await CustomerPartition.LoadAsync(world.Store, key)).Contacts().ShouldHaveSingleItem();
        contact.SmsConsent!.Source.ShouldBe("会员入会条款 2024-03");
        declared.TryRead(out var options, out _).ShouldBeTrue();
        var (again, _) = await world.InOneGoAsync("orders", file.Gb18030, options);
        (again.Accepted, again.Unchanged, again.Skipped, again.Refused).ShouldBe((3_428, 3_428, 1_000, 572));
    }

    [Fact]
    public async Task A_consent_without_a_source_is_refused_before_a_byte_is_taken()
    {
        using var world = new UploadWorld();
        var answer = await world.Receive.BeginAsync(
            UploadWorld.Wish([1], declared: new ImportDeclaration { Consent = "sms", ConsentBasis = "express" })
        );
        answer.ShouldBeOfType<RetentionFuncs.Imports.Uploads.BeginAnswer.Refused>().Reason.En.ShouldStartWith("options: consent-source");
    }
}

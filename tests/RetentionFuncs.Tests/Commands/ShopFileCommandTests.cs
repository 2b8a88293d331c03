using RetentionFuncs.Embedded.Commands;
using RetentionFuncs.Tests.Imports.Shops;

namespace RetentionFuncs.Tests.Commands;

/// <summary>A Taobao export taken in from the command line.</summary>
public sealed class ShopFileCommandTests
{
    private static ShopFile Three =>
        TaobaoTests
            .File.Row(TaobaoTests.Order("1", "a", "118"))
            .Row(TaobaoTests.Order("2", "a", "0", ("订单状态", "交易关闭")))
            .Row(TaobaoTests.Order("3", "b", "0", ("订单状态", "等待买家付款"), ("订单付款时间", "")));

    private static Task<Told> ImportAsync(Shop shop, params string[] flags) =>
        shop.RunAsync(["import", "orders", "taobao.csv", "--lang", "zh", .. flags]);

    private static async Task<Shop> OpenAsync(byte[] file)
    {
        var shop = await Shop.OpenAsync();
        File.WriteAllBytes(shop.FileOf("taobao.csv"), file);
        return shop;
    }

    [Fact]
    public async Task A_file_with_skipped_rows_only_beside_accepted_ones_ends_well_and_says_why_they_were_skipped()
    {
        using var shop = await OpenAsync(Three.Gb18030);
        var told = (
            await ImportAsync(shop, "--consent", "sms phone", "--consent-basis", "express", "--consent-source", "会员入会条款 2024-03")
        ).Ended();
        told.Out.ShouldContain("共 3 行：接受 1 行（其中 0 行无变化），跳过 2 行，拒绝 0 行；1 位顾客，1 个订单。");
        told.Err.ShouldContain("按 GB18030 编码读取");
        told.Err.ShouldContain("跳过 1 行：订单尚未付款");
        told.Err.ShouldContain("taobao.skipped.csv");
        (await ImportAsync(shop, "--json")).Ended().Json().GetProperty("skipped").GetInt32().ShouldBe(2);
    }

    [Theory]
    [InlineData("consent-source", "--consent", "sms", "--consent-basis", "express")]
    [InlineData("encoding", "--encoding", "latin9")]
    [InlineData("找不到文件", "--map", "nowhere.yaml")]
    public async Task A_declaration_that_cannot_stand_is_refused_before_anything_is_read(string says, params string[] flags)
    {
        using var shop = await OpenAsync(Three.Gb18030);
        (await ImportAsync(shop, flags)).Ended(Exit.WrongUsage).Err.ShouldContain(says);
    }

    [Fact]
    public async Task A_mapping_files_faults_are_told_with_their_place()
    {
        using var shop = await OpenAsync(Three.Gb18030);
        shop.Write("map.yaml", "dates: dmy", "colums: {}");
        (await ImportAsync(shop, "--map", "map.yaml")).Ended(Exit.WrongUsage).Err.ShouldContain("map.yaml:2:1: 错误:");
        shop.Write("map.yaml", "encoding: gb18030", "values: {status: {交易关闭: placed}}");
        (await ImportAsync(shop, "--map", "map.yaml")).Ended().Out.ShouldContain("跳过 1 行");
    }
}

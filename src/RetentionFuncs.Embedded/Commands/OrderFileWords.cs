using RetentionFuncs.Findings;
using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Embedded.Commands;

/// <summary>How the fit of a file ended, for people.</summary>
internal static class OrderFileWords
{
    public static Phrase WhyNot(ModelFit fit) =>
        fit is ModelFit.TooFewCustomers few
            ? new(
                $"{few.Customers} customers are too few to fit a model (at least {few.Least}). Import the file: small shops are judged by each customer's own rhythm.",
                $"只有 {few.Customers} 位顾客，不够拟合模型（至少 {few.Least} 位）。请导入该文件：小店按每位顾客自己的购买节奏判断。"
            )
            : new(
                $"No model could be fitted: {(fit as ModelFit.NotConverged)?.Why}. Import the file and try retention score --fit.",
                "模型拟合没有收敛。请导入该文件，再试 retention score --fit。"
            );

    public static Phrase AtBound(string parameter) =>
        new(
            $"The data do not determine {parameter}: chances can be used, the parameters mean nothing.",
            $"数据无法确定参数 {parameter}：概率可以参考，参数本身没有意义。"
        );
}

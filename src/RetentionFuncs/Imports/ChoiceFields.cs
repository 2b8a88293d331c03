using RetentionFuncs.Customers;
using RetentionFuncs.Orders;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Imports;

/// <summary>Fields that hold one word of a short list, in the words shops use.</summary>
internal static class ChoiceFields
{
    private static readonly Dictionary<string, (ConsentState, ConsentBasis)> Consents = Table(
        ((ConsentState.Granted, ConsentBasis.Express), "yes y true t 1 express granted subscribed opt_in opted_in 是 同意 已同意 已订阅"),
        ((ConsentState.Granted, ConsentBasis.SoftOptIn), "soft_opt_in softoptin soft"),
        ((ConsentState.Granted, ConsentBasis.Implied), "implied 默示"),
        ((ConsentState.Denied, ConsentBasis.Express), "no n false f 0 denied none unsubscribed opt_out opted_out 否 不同意 拒绝 已退订")
    );

    private static readonly Dictionary<string, OrderStatus> Statuses = Table(
        (
            OrderStatus.Placed,
            "placed paid pending completed complete processing shipped delivered fulfilled authorized partially_paid partially_refunded refunded "
                + "returned closed open unpaid 已付款 已支付 已完成 交易成功 已发货 待发货 待付款 未付款 等待买家付款 已退款 退款 退货"
        ),
        (OrderStatus.Cancelled, "cancelled canceled voided void expired failed 已取消 取消 交易关闭 已关闭")
    );

    private static readonly HashSet<string> Unpaid = ["unpaid", "待付款", "未付款", "等待买家付款"];

    private static readonly HashSet<string> GivenBack = ["refunded", "returned", "已退款", "退款", "退货"];

    private static readonly Dictionary<string, bool> Flags = Table((true, "yes y true t 1 是"), (false, "no n false f 0 否"));

    private static readonly Dictionary<string, CustomerKind> Kinds = Table(
        (CustomerKind.Person, "person individual consumer b2c p 个人"),
        (CustomerKind.Account, "account company business organisation organization dealer b2b a 企业 公司 单位 经销商")
    );

    private static readonly Dictionary<string, ProductRole> ProductRoles = Table(
        (ProductRole.Traffic, "traffic 引流 引流款"),
        (ProductRole.Profit, "profit 利润 利润款"),
        (ProductRole.Marginal, "marginal 边缘 边缘款"),
        (ProductRole.Potential, "potential 潜力 潜力款")
    );

    private static readonly Dictionary<string, string> ContactRoles = Table(
        (Contact.Primary, "primary main 主要 主联系人 首要"),
        ("buyer", "buyer purchasing procurement 采购"),
        ("decision", "decision decision_maker decider 决策 决策者 决策人"),
        ("technical", "technical tech engineer 技术"),
        ("user", "user end_user 使用 使用者 使用人"),
        ("finance", "finance accounting 财务")
    );

    private static readonly Dictionary<string, TouchOutcome> Outcomes = Table(
        (TouchOutcome.Delivered, "delivered delivrd success sent 已送达 送达 发送成功 成功"),
        (TouchOutcome.Reached, "reached answered connected spoke 已接通 接通 已联系 已沟通"),
        (TouchOutcome.CallBack, "call_back callback later 稍后回电 回电 改天再打"),
        (TouchOutcome.NoAnswer, "no_answer unanswered noanswer 无人接听 未接通 未接 关机"),
        (TouchOutcome.Busy, "busy 占线 正忙"),
        (TouchOutcome.Failed, "failed undeliv undelivered expired error 发送失败 失败"),
        (TouchOutcome.WrongNumber, "wrong_number invalid_number unknown_number unreachable 空号 号码错误 错号 停机"),
        (TouchOutcome.Declined, "declined not_interested refused 拒绝 不感兴趣 暂不需要"),
        (TouchOutcome.DoNotContact, "do_not_contact do_not_call stop unsubscribed td r 退订 不再联系 勿扰"),
        (TouchOutcome.Complained, "complained complaint 投诉")
    );

    public static TouchOutcome? OutcomeOf(ReadOnlySpan<char> text, out Wording problem) =>
        Find(
            Outcomes,
            text,
            "delivered, reached, call_back, no_answer, busy, failed, wrong_number, declined, do_not_contact, complained; 已接通, 无人接听, 占线, 空号, 拒绝, 退订, 投诉, 稍后回电, 发送成功, 发送失败",
            out problem
        );

    public static (ConsentState State, ConsentBasis Basis)? ConsentOf(ReadOnlySpan<char> text, out Wording problem) =>
        Find(Consents, text, "yes, no, express, soft_opt_in, implied, denied", out problem);

    public static OrderStatus? StatusOf(ReadOnlySpan<char> text, out Wording problem) =>
        Find(Statuses, text, "paid, completed, cancelled, refunded", out problem);

    /// <summary>Whether the status word says that the whole order was given back.</summary>
    public static bool IsGivenBack(ReadOnlySpan<char> text) => GivenBack.Contains(Fold(text));

    /// <summary>Whether the status word says that the order still waits for its payment.</summary>
    public static bool IsUnpaid(ReadOnlySpan<char> text) => Unpaid.Contains(Fold(text));

    public static bool? FlagOf(ReadOnlySpan<char> text, out Wording problem) => Find(Flags, text, "yes, no", out problem);

    public static CustomerKind? KindOf(ReadOnlySpan<char> text, out Wording problem) => Find(Kinds, text, "person, account", out problem);

    public static ProductRole? ProductRoleOf(ReadOnlySpan<char> text, out Wording problem) =>
        Find(ProductRoles, text, "traffic, profit, marginal, potential", out problem);

    /// <summary>Roles parted by <c>; , / 、</c>, in the order of the list and each once.</summary>
    public static IReadOnlyList<string>? RolesOf(string text, out Wording problem)
    {
        problem = default;
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (
            var part in text.Split(
                [';', ',', '/', '、', '；', '，'],
                StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
            )
        )
        {
            if (!ContactRoles.TryGetValue(Fold(part), out var role))
            {
                problem = NotOneOf("primary, buyer, decision, technical, user, finance");
                return null;
            }

            found.Add(role);
        }

        return [.. ContactRoles.Values.Distinct().Where(found.Contains)];
    }

    internal static T? Find<T>(Dictionary<string, T> table, ReadOnlySpan<char> text, string choices, out Wording problem)
        where T : struct
    {
        var isFound = table.TryGetValue(Fold(text), out var value);
        problem = isFound ? default : NotOneOf(choices);
        return isFound ? value : null;
    }

    internal static string Fold(ReadOnlySpan<char> text) => text.Trim().ToString().ToLowerInvariant().Replace(' ', '_').Replace('-', '_');

    internal static Wording NotOneOf(string choices) => new($"is not one of {choices}", $"不在可选值之内：{choices}");

    internal static Dictionary<string, T> Table<T>(params ReadOnlySpan<(T Value, string Words)> rows)
    {
        var table = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var (value, words) in rows)
        {
            foreach (var word in words.Split(' '))
            {
                table.Add(word, value);
            }
        }

        return table;
    }
}

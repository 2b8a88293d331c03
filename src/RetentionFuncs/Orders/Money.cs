using System.Globalization;

namespace RetentionFuncs.Orders;

/// <summary>An amount in one currency. Adding across currencies throws: totals are kept per currency.</summary>
/// <param name="Currency">ISO 4217, upper case.</param>
public readonly record struct Money(decimal Amount, string Currency)
{
    public static Money operator +(Money left, Money right) => new(left.Amount + Same(left, right).Amount, left.Currency);

    public static Money operator -(Money left, Money right) => new(left.Amount - Same(left, right).Amount, left.Currency);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Amount:0.00##} {Currency}");

    private static Money Same(Money left, Money right) =>
        string.Equals(left.Currency, right.Currency, StringComparison.Ordinal)
            ? right
            : throw new InvalidOperationException($"{left} and {right} are in different currencies and are never added.");
}

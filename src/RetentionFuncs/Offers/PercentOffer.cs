namespace RetentionFuncs.Offers;

/// <summary>A percentage off one order, carried by a code bound to one customer.</summary>
/// <param name="Percent">More than 0 and less than 100.</param>
/// <param name="ValidDays">Whole days, the day of sending included; the code ends with the last of them in the business's zone.</param>
/// <param name="MinimumOrder">In the business's currency; 0 = none.</param>
public sealed record PercentOffer(decimal Percent, int ValidDays, decimal MinimumOrder = 0);

/// <summary>The code that carries an offer to one customer.</summary>
/// <param name="Code">16 Crockford base32 characters in groups of four.</param>
/// <param name="EndsOn">The last day it is accepted.</param>
public sealed record Coupon(string Code, decimal Percent, DateOnly EndsOn, decimal MinimumOrder);

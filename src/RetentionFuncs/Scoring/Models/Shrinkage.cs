namespace RetentionFuncs.Scoring.Models;

/// <summary>
/// Draws a fit towards a known model, as a group is drawn towards the whole: strength/2 times the squared distance of the log-parameters
/// is taken from the log likelihood. A strength of 1 weighs as one observation that puts every parameter within a factor e.
/// </summary>
/// <param name="Strength">0 or more; 0 does nothing.</param>
public sealed record Shrinkage(BuyingModel Towards, double Strength);

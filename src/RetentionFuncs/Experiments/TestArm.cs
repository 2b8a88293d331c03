namespace RetentionFuncs.Experiments;

/// <summary>The arms of one campaign's test; control is eligible in every way and is not contacted.</summary>
public enum TestArm
{
    Treatment,
    Control,
}

namespace RetentionFuncs.Customers;

/// <summary>The ways to reach a contact. E-mail is sent; text messages and calls are handed off and their results come back (design S12).</summary>
public enum Channel
{
    Email,

    /// <summary>A text message to a mobile number.</summary>
    Sms,

    /// <summary>A call by a person of ours.</summary>
    Phone,
}

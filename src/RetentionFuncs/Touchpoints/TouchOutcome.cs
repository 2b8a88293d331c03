namespace RetentionFuncs.Touchpoints;

/// <summary>What became of a contact that a person or a gateway made for us.</summary>
public enum TouchOutcome
{
    /// <summary>A text message arrived.</summary>
    Delivered,

    /// <summary>The person was spoken to.</summary>
    Reached,

    /// <summary>The person asked to be called later.</summary>
    CallBack,

    NoAnswer,
    Busy,

    /// <summary>Not sent, for a reason that may pass.</summary>
    Failed,

    /// <summary>The number belongs to nobody, or to somebody else: nothing goes there any more.</summary>
    WrongNumber,

    /// <summary>Not interested this time.</summary>
    Declined,

    /// <summary>Asked for no more calls and messages.</summary>
    DoNotContact,

    /// <summary>Complained about goods or service: opens a complaint, and promotion stops until it is answered.</summary>
    Complained,
}

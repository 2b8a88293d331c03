namespace RetentionFuncs.Scoring.Reasons;

/// <summary>Why a customer may leave or have left (playbook P3).</summary>
public enum ReasonKind
{
    /// <summary>Forgot the shop: mostly those who bought once.</summary>
    Forgot,

    /// <summary>Buys where it is cheaper.</summary>
    Price,

    /// <summary>Likes to try other things.</summary>
    WantsNew,

    /// <summary>Quality, delivery or service disappointed.</summary>
    Dissatisfied,

    /// <summary>The business buys less of everything: shrinking, closing, or turning to something else.</summary>
    BusinessChange,

    /// <summary>The person the account hung on has gone, here or there.</summary>
    Relation,

    /// <summary>Something else; only ever the customer's own word.</summary>
    Other,
}

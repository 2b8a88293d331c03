namespace RetentionFuncs.Customers;

/// <summary>The keyed hash of a customer's external id: 26 base32 characters.</summary>
public readonly record struct CustomerKey(string Value)
{
    public override string ToString() => Value;
}

/// <summary>The keyed hash of a contact's external id under its customer: 26 base32 characters.</summary>
public readonly record struct ContactKey(string Value)
{
    public override string ToString() => Value;
}

/// <summary>The keyed hash of a normalised address: 26 base32 characters.</summary>
public readonly record struct AddressKey(string Value)
{
    public override string ToString() => Value;
}

/// <summary>Who a draw is about: the first customer seen with an address (an account's own), never recomputed.</summary>
public readonly record struct PersonKey(string Value)
{
    public override string ToString() => Value;
}

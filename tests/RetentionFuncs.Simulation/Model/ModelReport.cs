namespace RetentionFuncs.Simulation.Model;

/// <summary>The table of explored protocols.</summary>
public static class ModelReport
{
    /// <returns>True when the product's protocol has no fault and each wrong one has.</returns>
    public static bool Print(TextWriter output)
    {
        var good = Explore(Protocol.RecordBeforeSend, ModelBounds.OneTouch, output);
        good &= Explore(Protocol.RecordBeforeSend, ModelBounds.SharedAddress, output);
        foreach (var wrong in Protocol.KnownWrong)
        {
            good &= !Explore(wrong, ModelBounds.Control, output);
        }

        return good;
    }

    private static bool Explore(Protocol protocol, ModelBounds bounds, TextWriter output)
    {
        var outcome = ModelExplorer.Explore(protocol, bounds);
        output.WriteLine($"{bounds.Touches} touch, {bounds.Workers} workers  {outcome}");
        if (protocol == Protocol.RecordBeforeSend)
        {
            foreach (var (fault, way) in outcome.Faults)
            {
                output.WriteLine($"  {fault}: {string.Join(" / ", way)}");
            }
        }

        return outcome.Faults.Count == 0;
    }
}

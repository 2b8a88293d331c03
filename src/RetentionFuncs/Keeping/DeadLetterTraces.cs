using RetentionFuncs.Findings;
using RetentionFuncs.Queues;

namespace RetentionFuncs.Keeping;

/// <summary>Messages put aside for a person: they carry keys only, but their reasons may quote what a program stumbled over.</summary>
public sealed class DeadLetterTraces(IDeadLetters letters) : IPersonalPlace
{
    private const int Page = 1000;

    public Phrase Name { get; } = new("queue messages put aside", "搁置的队列消息");

    public async ValueTask<PlaceErasure> EraseAsync(PersonTraces person)
    {
        var erased = 0;
        foreach (var letter in await letters.ListAsync(Page))
        {
            if ((person.IsInText(letter.Body) || person.IsIn(letter.Reason)) && await letters.DropAsync(letter.Id))
            {
                erased++;
            }
        }

        return PlaceErasure.Of(erased);
    }
}

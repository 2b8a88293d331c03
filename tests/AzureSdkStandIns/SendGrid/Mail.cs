using System.Text.Json;
using System.Text.Json.Serialization;

namespace SendGrid.Helpers.Mail;

public class EmailAddress
{
    public EmailAddress() { }

    public EmailAddress(string email, string name = null) => (Email, Name) = (email, name);

    [JsonPropertyName("email")]
    public string Email { get; set; }

    [JsonPropertyName("name")]
    public string Name { get; set; }
}

public class Content
{
    public Content() { }

    public Content(string type, string value) => (Type, Value) = (type, value);

    [JsonPropertyName("type")]
    public string Type { get; set; }

    [JsonPropertyName("value")]
    public string Value { get; set; }
}

public class Personalization
{
    [JsonPropertyName("to"), JsonConverter(typeof(AddressesOnce))]
    public List<EmailAddress> Tos { get; set; }

    [JsonPropertyName("custom_args")]
    public Dictionary<string, string> CustomArgs { get; set; }
}

/// <summary>An address stands once in one personalization's list, however it is written in capitals.</summary>
internal sealed class AddressesOnce : JsonConverter<List<EmailAddress>>
{
    public override List<EmailAddress> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException();

    public override void Write(Utf8JsonWriter writer, List<EmailAddress> value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value.DistinctBy(a => a.Email, StringComparer.OrdinalIgnoreCase).ToArray(), options);
}

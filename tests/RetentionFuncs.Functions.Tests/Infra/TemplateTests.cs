using System.Text.RegularExpressions;
using RetentionFuncs.Functions.Tests.Infra.Bicep;

namespace RetentionFuncs.Functions.Tests.Infra;

public sealed partial class TemplateTests
{
    public static TheoryData<string> Templates { get; } = [.. InfraFiles.Templates];

    [Theory]
    [MemberData(nameof(Templates))]
    public void Every_template_can_be_read_and_names_nothing_that_is_not_there(string path) =>
        InfraFiles.Template(path).Faults().ShouldBeEmpty();

    [Fact]
    public void Every_module_gets_exactly_the_parameters_it_declares_and_the_asked_outputs_exist()
    {
        var main = InfraFiles.Template("main.bicep");
        foreach (var module in main.Of("module"))
        {
            var file = InfraFiles.Template(module.Type);
            var given = (IReadOnlyDictionary<string, object?>)new BicepValues(main).Bodies(module).Single()["params"]!;
            var declared = file.Of("param").ToList();
            given.Keys.Except(declared.Select(p => p.Name)).ShouldBeEmpty($"{module.Name} gets what it does not know");
            declared.Where(p => p.Value is null).Select(p => p.Name).Except(given.Keys).ShouldBeEmpty($"{module.Name} lacks a parameter");
            var asked = OutputAsked().Matches(InfraFiles.Read("infra/main.bicep")).Where(m => m.Groups[1].Value == module.Name);
            asked
                .Select(m => m.Groups[2].Value)
                .Except(file.Of("output").Select(o => o.Name))
                .ShouldBeEmpty($"{module.Name} has no such output");
        }
    }

    [Theory]
    [InlineData("main.dev.bicepparam")]
    [InlineData("main.prod.bicepparam")]
    public void Each_environment_gives_what_the_template_asks_for(string path)
    {
        var (given, asked) = (InfraFiles.Template(path).Of("param").ToList(), InfraFiles.Template("main.bicep").Of("param").ToList());
        given.Select(p => p.Name).Except(asked.Select(p => p.Name)).ShouldBeEmpty();
        asked.Where(p => p.Value is null).Select(p => p.Name).Except(given.Select(p => p.Name)).ShouldBeEmpty();
    }

    [Fact]
    public void A_deployment_that_says_nothing_sends_to_nobody()
    {
        var main = InfraFiles.Template("main.bicep");
        new BicepValues(main).Of(main.Of("param").Single(p => p.Name == "sendGridSandbox")).ShouldBe(true);
    }

    [Theory]
    [InlineData("resource a 'x@1' = {\n  name: b\n}\n", "b is declared nowhere")]
    [InlineData("param a string\n", "a is never used")]
    [InlineData("var a = 1\nvar a = 2\noutput b int = a\n", "a is declared twice")]
    [InlineData("output b string = magic(1)\n", "no function magic is known")]
    [InlineData("output b array = [for x in [1, 2]: y]\n", "y is declared nowhere")]
    public void The_reader_finds_a_name_that_is_wrong(string text, string fault) =>
        BicepFile.Parse("t.bicep", text).Faults().ShouldContain(f => f.Contains(fault));

    [Theory]
    [InlineData("var a = {\n  b: 1\n")]
    [InlineData("var a = [1, 2\n")]
    [InlineData("var a = 'open\n")]
    [InlineData("var a = 'x ${b'\n")]
    [InlineData("var a = (1 }\n")]
    [InlineData("resorce a 'x@1' = {\n}\n")]
    [InlineData("var a = {\n  b 1\n}\n")]
    [InlineData("/* never closed\n")]
    public void The_reader_refuses_what_is_not_whole(string text) => Should.Throw<BicepFault>(() => BicepFile.Parse("t.bicep", text));

    [Fact]
    public void The_reader_works_out_texts_loops_and_choices()
    {
        var file = BicepFile.Parse(
            "t.bicep",
            """
            param env string = 'dev' // a word
            var names = [
              'a'
              'b'
            ]
            resource one 'x/y@1' = [for n in names: {
              name: '${n}-${env}-${later}'
              size: env == 'prod' ? 3 : 1
              'odata.type': '''
            several
            lines'''
            }]
            """
        );
        var bodies = new BicepValues(file).Bodies(file.Of("resource").Single());
        bodies.Select(b => b["name"]).ShouldBe(["a-dev-<later>", "b-dev-<later>"]);
        bodies[0]["size"].ShouldBe(1L);
        bodies[0]["odata.type"].ShouldBe("several\nlines");
        new BicepValues(file).With("env", "prod").Bodies(file.Of("resource").Single())[0]["size"].ShouldBe(3L);
    }

    [GeneratedRegex(@"\b(\w+)\.outputs\.(\w+)")]
    private static partial Regex OutputAsked();
}

using System.CommandLine;
using RetentionFuncs.Embedded.Home;
using RetentionFuncs.Findings;
using RetentionFuncs.Web.Access;

namespace RetentionFuncs.Embedded.Commands;

/// <summary>The people who may use a served folder: add, list, remove.</summary>
internal static class UsersCommand
{
    public static Command Define(CommandLine line) =>
        new("users", "The people who may use a served folder, each with a role and a token.")
        {
            Add(line),
            Plain(line, "list", "All users.", (context, users, _) => ListAsync(context, users)),
            Named(line, "remove", "Remove a user; the token opens nothing from then on.", RemoveAsync),
        };

    private static Command Add(CommandLine line)
    {
        var role = new Option<string>("--role") { Description = string.Join(", ", Roles.Names) + ".", Required = true };
        var command = Named(
            line,
            "add",
            "Add a user and show the token, this once.",
            (context, users, parsed) => AddAsync(context, users, parsed.GetValue<string>("name")!, parsed.GetValue(role)!)
        );
        command.Add(role);
        return command;
    }

    private static Command Named(CommandLine line, string name, string text, Func<CommandContext, LocalUsers, ParseResult, Task<int>> act)
    {
        var command = Plain(line, name, text, act);
        command.Add(new Argument<string>("name") { Description = "The user's name." });
        return command;
    }

    private static Command Plain(CommandLine line, string name, string text, Func<CommandContext, LocalUsers, ParseResult, Task<int>> act)
    {
        var command = new Command(name, text);
        line.Bind(command, (context, parsed) => WithHome.ReadAsync(context, home => act(context, UsersOf(home), parsed)));
        return command;
    }

    private static LocalUsers UsersOf(EmbeddedHome home) => new(home.Product.Store, home.Product.Clock);

    private static async Task<int> AddAsync(CommandContext context, LocalUsers users, string name, string roleName)
    {
        if (Roles.Of(roleName) is not { } role)
        {
            var hint = NearestName.Hint(roleName, [.. Roles.Names]);
            return context.Usage($"--role {roleName}: no such role. {hint.En}", $"--role {roleName}：没有这个角色。{hint.Zh}");
        }

        switch (await users.AddAsync(name, role))
        {
            case AddUserEnding.Added(var user, var token):
                if (context.Json)
                {
                    context.Print(
                        new
                        {
                            user.Name,
                            Role = Roles.NameOf(user.Role),
                            token,
                        }
                    );
                    return Exit.Done;
                }

                context.Tell($"Added '{user.Name}'. The token, shown this once:", $"已添加“{user.Name}”。令牌仅显示这一次：");
                context.Out.WriteLine(token);
                return Exit.Done;
            case AddUserEnding.Taken:
                return context.Usage(
                    $"There is a user '{name}' already; remove that one first, or take another name.",
                    $"已有用户“{name}”；请先删除，或换一个名字。"
                );
            default:
                return context.Usage(
                    $"A user's name has 1 to {LocalUsers.NameLength} characters and no control characters.",
                    $"用户名须为 1 至 {LocalUsers.NameLength} 个字符，且不含控制字符。"
                );
        }
    }

    private static async Task<int> ListAsync(CommandContext context, LocalUsers users)
    {
        var all = await users.ListAsync();
        if (context.Json)
        {
            context.Print(
                all.Select(u => new
                {
                    u.Name,
                    Role = Roles.NameOf(u.Role),
                    u.AddedAt,
                })
            );
            return Exit.Done;
        }

        foreach (var user in all)
        {
            context.Out.WriteLine($"{Roles.NameOf(user.Role), -14} {user.AddedAt.UtcDateTime:yyyy-MM-dd}  {user.Name}");
        }

        return Exit.Done;
    }

    private static async Task<int> RemoveAsync(CommandContext context, LocalUsers users, ParseResult parsed)
    {
        var name = parsed.GetValue<string>("name")!;
        if (!await users.RemoveAsync(name))
        {
            return context.Usage($"There is no user '{name}'.", $"没有用户“{name}”。");
        }

        context.Tell($"Removed '{name}'; the token opens nothing any more.", $"已删除“{name}”，其令牌即刻失效。");
        if (context.Json)
        {
            context.Print(new { removed = name });
        }

        return Exit.Done;
    }
}

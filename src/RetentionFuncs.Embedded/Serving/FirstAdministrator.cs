using RetentionFuncs.Embedded.Commands;
using RetentionFuncs.Embedded.Home;
using RetentionFuncs.Web.Access;

namespace RetentionFuncs.Embedded.Serving;

/// <summary>A served home always has an administrator: whoever serves it is given the first one's token, once.</summary>
internal static class FirstAdministrator
{
    private const string Name = "administrator";

    public static async Task TellAsync(CommandContext context, EmbeddedHome home, string address)
    {
        var users = new LocalUsers(home.Product.Store, home.Product.Clock);
        if ((await users.ListAsync()).Any(u => u.Role == Role.Administrator))
        {
            context.Tell(
                $"API: {address}/api/v1, with a user's token; 'retention users add NAME --role ROLE' makes one.",
                $"API 地址：{address}/api/v1，需附用户令牌；用 retention users add 姓名 --role 角色 新建用户。"
            );
            return;
        }

        var added = await users.AddAsync(Name, Role.Administrator);
        for (var next = 2; added is AddUserEnding.Taken; next++)
        {
            added = await users.AddAsync($"{Name}-{next}", Role.Administrator);
        }

        var (user, token) = (AddUserEnding.Added)added;
        context.Tell(
            $"API: {address}/api/v1. The first administrator is '{user.Name}'; the token is shown this once:\n  {token}\nTry: RETENTION_TOKEN=… retention doctor --server {address}",
            $"API 地址：{address}/api/v1。首位管理员为“{user.Name}”，令牌仅显示这一次：\n  {token}\n试试：RETENTION_TOKEN=… retention doctor --server {address}"
        );
    }
}

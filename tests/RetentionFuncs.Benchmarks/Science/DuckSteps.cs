using System.Globalization;
using DuckDB.NET.Data;

namespace RetentionFuncs.Benchmarks.Science;

/// <summary>DuckDB's way from the file to the same summary, and to two of the three scores at given parameters.</summary>
internal static class DuckSteps
{
    private const string Summary = """
        CREATE OR REPLACE TABLE summary AS
        WITH days AS (SELECT customer_id, date, sum(amount) AS spent FROM read_csv('{0}') GROUP BY customer_id, date),
        people AS (
            SELECT customer_id, count(*) - 1 AS x, min(date) AS first, max(date) AS last, sum(spent) AS spent, arg_min(spent, date) AS spent_first
            FROM days WHERE date <= DATE '{1:yyyy-MM-dd}' GROUP BY customer_id
        )
        SELECT customer_id, x, last - first AS t_x, DATE '{1:yyyy-MM-dd}' - first AS age,
            CASE WHEN x > 0 THEN (spent - spent_first) / x ELSE 0 END AS mean
        FROM people
        """;

    // BG/NBD at the parameters the generator was given.
    private const string Scores = """
        CREATE OR REPLACE TABLE scores AS
        SELECT customer_id, alive, alive * (1 - pow((50 + age) / (50.0 + age + 90), 0.6 + x)) AS back
        FROM (
            SELECT customer_id, x, age,
                CASE WHEN x = 0 THEN 1 ELSE 1 / (1 + 0.8 / (3.2 + x - 1) * pow((50.0 + age) / (50 + t_x), 0.6 + x)) END AS alive
            FROM summary
        )
        """;

    public static int Run(string path, int threads)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        Execute(connection, $"SET threads = {threads}");
        Step.Time(
            "summary",
            () => Execute(connection, string.Format(CultureInfo.InvariantCulture, Summary, path, ScienceFile.Last)),
            _ => Ask(connection, "SELECT count(*) || ' customers, sum of x ' || sum(x) FROM summary")
        );
        Step.Time(
            "score",
            () => Execute(connection, Scores),
            _ => Ask(connection, "SELECT 'sum of P(return) ' || round(sum(back), 3) FROM scores")
        );
        return 0;
    }

    private static int Execute(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }

    private static string Ask(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture)!;
    }
}

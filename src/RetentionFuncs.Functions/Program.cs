using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using RetentionFuncs.Functions.Home;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
var options = HomeOptions.Read(builder.Configuration);
builder.AddTelemetry(options);
builder.Services.AddRetention(options);
builder.Build().Run();

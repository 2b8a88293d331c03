using RetentionFuncs.Simulation.Model;

return ModelReport.Print(Console.Out) ? 0 : 1;

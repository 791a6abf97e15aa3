using OrderHub.Host.Verbs;

return await CommandLine.InvokeAsync(args);

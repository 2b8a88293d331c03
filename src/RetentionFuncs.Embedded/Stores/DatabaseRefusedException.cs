namespace RetentionFuncs.Embedded.Stores;

/// <summary>The data folder cannot be opened. The message says what was found, where, and what to do; nothing was changed.</summary>
public sealed class DatabaseRefusedException(string message, Exception? inner = null) : Exception(message, inner);

namespace OrderHub.Platform.Texts;

/// <summary>A text kept for later and said in the language of whoever reads it.</summary>
/// <param name="Text">Chinese, with placeholders <c>{0}</c>…; the localizer's key.</param>
/// <param name="Arguments">Values of the placeholders; those that are keys themselves are translated too.</param>
public sealed record Words(string Text, params string[] Arguments);

/// <summary>One line of a message: what it is about, and what is so.</summary>
/// <param name="Label">A localizer key.</param>
public sealed record Fact(string Label, Words Value);

namespace OrderHub.Platform.Results;

/// <summary>Done, or refused with a reason. Bugs and outages are exceptions.</summary>
public readonly record struct Result(Error? Error)
{
    public static readonly Result Ok = new((Error?)null);
    public bool IsOk => Error is null;
    public static implicit operator Result(Error error) => new(error);
}

/// <summary>A value, or a refusal with a reason.</summary>
public readonly record struct Result<T>
{
    private readonly T? _value;
    private Result(T? value, Error? error) => (_value, Error) = (value, error);
    public Error? Error { get; }
    public bool IsOk => Error is null;

    /// <exception cref="InvalidOperationException">The result is a refusal.</exception>
    public T Value => Error is null ? _value! : throw new InvalidOperationException($"No value: {Error.Code}");

    public static implicit operator Result<T>(T value) => new(value, null);
    public static implicit operator Result<T>(Error error) => new(default, error);
}

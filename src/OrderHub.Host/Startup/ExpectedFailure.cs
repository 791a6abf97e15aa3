using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Npgsql;
using OrderHub.EmbeddedPostgres;

namespace OrderHub.Host.Startup;

/// <summary>Something the person at the console can mend; the message says how.</summary>
internal sealed class ExpectedFailure(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Null: a bug, which deserves its stack trace.</summary>
    public static string? Explain(Exception failure) => failure switch
    {
        ExpectedFailure or EmbeddedPostgresException => failure.Message,
        IOException { InnerException: AddressInUseException } => $"地址已被占用：{failure.Message} 用 ASPNETCORE_URLS 换一个端口。The address is taken; choose another port with ASPNETCORE_URLS.",
        PostgresException refused => $"数据库拒绝：{refused.SqlState} {refused.MessageText}。The database refused; check ConnectionStrings__OrderHub.",
        NpgsqlException or SocketException => $"连不上数据库：{failure.Message}。The database cannot be reached; check ConnectionStrings__OrderHub.",
        UnauthorizedAccessException => $"没有权限：{failure.Message} Choose a writable folder with OrderHub__DataDirectory.",
        _ => null,
    };
}

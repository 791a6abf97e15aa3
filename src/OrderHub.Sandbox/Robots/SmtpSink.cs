using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging;

namespace OrderHub.Sandbox.Robots;

/// <summary>A mail server on loopback that keeps what it is given. Like a real one it wants a sign-in (PLAIN or LOGIN) before it takes mail.</summary>
internal sealed partial class SmtpSink : IDisposable
{
    private readonly TcpListener _listener;
    private readonly MessageBoard _board;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;

    public SmtpSink(int port, MessageBoard board, TimeProvider clock, ILogger log)
    {
        (_board, _clock, _log) = (board, clock, log);
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
    }

    public int Port { get; }

    public async Task RunAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            var client = await _listener.AcceptTcpClientAsync(ct);
            _ = Task.Run(() => ServeAsync(client, ct), CancellationToken.None);
        }
    }

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync(TcpClient client, CancellationToken ct)
    {
        using (client)
        {
            try
            {
                if (_board.IsDown) return;
                await using var stream = client.GetStream();
                using var reader = new StreamReader(stream, new UTF8Encoding(false));
                await using var writer = new StreamWriter(stream, new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
                await new SmtpSession(reader, writer, _board, _clock).RunAsync(ct);
            }
            catch (Exception gone) when (gone is IOException or OperationCanceledException or SocketException)
            {
                LogHungUp(gone.Message);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "A mail client hung up: {Reason}")]
    private partial void LogHungUp(string reason);
}

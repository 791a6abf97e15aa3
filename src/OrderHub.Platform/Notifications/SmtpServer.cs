using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OrderHub.Platform.Notifications;

/// <summary>Tls: from the first byte, as most Chinese mail services want it (465). StartTls: agreed on after the greeting (587); a server without it is refused.</summary>
internal enum SmtpSecurity : short { None = 0, StartTls = 1, Tls = 2 }

/// <summary>The one server mail is handed to, as kept in the database.</summary>
internal sealed class SmtpServer
{
    public short Id { get; init; }
    public string Host { get; init; } = "";
    public int Port { get; init; }
    public SmtpSecurity Security { get; init; }
    public string? UserName { get; init; }
    public string? PasswordCipher { get; init; }
    public string FromAddress { get; init; } = "";
    public string FromName { get; init; } = "";
}

internal sealed class SmtpServerMapping : IEntityTypeConfiguration<SmtpServer>
{
    public void Configure(EntityTypeBuilder<SmtpServer> server)
    {
        server.ToTable("platform_smtp_servers", t =>
        {
            t.HasCheckConstraint("ck_platform_smtp_servers_one", "id = 1");
            t.HasCheckConstraint("ck_platform_smtp_servers_port", "port between 1 and 65535");
        });
        server.Property(x => x.Id).ValueGeneratedNever();
    }
}

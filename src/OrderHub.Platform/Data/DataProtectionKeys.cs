using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace OrderHub.Platform.Data;

/// <summary>Cookie and secret encryption keys live in the database: every host reads the same ones, and a new machine needs no copied folder.</summary>
internal sealed class DataProtectionKey
{
    public long Id { get; init; }
    public string Name { get; init; } = "";
    public string Xml { get; init; } = "";
}

internal sealed class DataProtectionKeyMapping : IEntityTypeConfiguration<DataProtectionKey>
{
    public void Configure(EntityTypeBuilder<DataProtectionKey> key)
    {
        key.ToTable("platform_data_protection_keys");
        key.HasIndex(x => x.Name).IsUnique();
    }
}

/// <summary>The framework's interface is synchronous; it is asked once a day.</summary>
internal sealed class DatabaseKeyRepository(HubDatabase database) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var command = database.Source.CreateCommand("select xml from platform_data_protection_keys order by id");
        using var reader = command.ExecuteReader();
        var keys = new List<XElement>();
        while (reader.Read()) keys.Add(XElement.Parse(reader.GetString(0)));
        return keys;
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var command = database.Source.CreateCommand("insert into platform_data_protection_keys (name, xml) values ($1, $2) on conflict (name) do update set xml = excluded.xml");
        command.Parameters.Add(HubTransaction.Parameter(friendlyName));
        command.Parameters.Add(HubTransaction.Parameter(element.ToString(SaveOptions.DisableFormatting)));
        command.ExecuteNonQuery();
    }
}

public static class DataProtectionRegistration
{
    public static IServiceCollection AddHubDataProtection(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("OrderHub");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(
            o => o.XmlRepository = new DatabaseKeyRepository(provider.GetRequiredService<HubDatabase>())));
        return services;
    }
}

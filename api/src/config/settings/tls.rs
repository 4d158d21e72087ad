use crate::config::{ConfigError, PublicUrl, TlsFiles};
use clap::Args;

/// Where the certificate is, if this process speaks TLS itself.
#[derive(Args)]
pub struct TlsSettings {
    /// PEM file of the certificate and its chain; without it a proxy in front speaks TLS
    #[arg(long, env = "TLS_CERTIFICATE", hide_env_values = true)]
    tls_certificate: Option<String>,
    /// PEM file of the certificate's private key
    #[arg(long, env = "TLS_KEY", hide_env_values = true)]
    tls_key: Option<String>,
}

impl TlsSettings {
    /// Both or none, and only where browsers come by https.
    pub fn check(&self, public_url: Option<&PublicUrl>) -> Result<Option<TlsFiles>, ConfigError> {
        let missing = |variable| {
            let problem = "is missing while the other half of TLS is set";
            let remedy = "set both TLS_CERTIFICATE and TLS_KEY, or none of them";
            Err(ConfigError::new(variable, problem, remedy))
        };
        let (certificate, key) = match (self.tls_certificate.clone(), self.tls_key.clone()) {
            (None, None) => return Ok(None),
            (None, Some(_)) => return missing("TLS_CERTIFICATE"),
            (Some(_), None) => return missing("TLS_KEY"),
            (Some(certificate), Some(key)) => (certificate, key),
        };
        if public_url.is_some_and(|url| !url.is_https()) {
            let problem = "is plain http while TLS_CERTIFICATE is set";
            let remedy = "set it to the https origin that the certificate is for";
            return Err(ConfigError::new("PUBLIC_URL", problem, remedy));
        }
        Ok(Some(TlsFiles {
            certificate: certificate.into(),
            key: key.into(),
        }))
    }
}

use super::Failure;
use crate::App;
use crate::auth::clean;
use crate::auth::keys::Keys;
use crate::clock::Clock;
use crate::config::ServeSettings;
use crate::db::Database;
use crate::http::Certificate;
use std::sync::Arc;
use tokio::signal::unix::{SignalKind, signal};

/// Answers requests until SIGTERM or SIGINT, then lets those under way end.
pub(super) async fn serve(settings: ServeSettings) -> Result<(), Failure> {
    let config = settings.check()?;
    let certificate = config.tls.clone().map(Certificate::open).transpose()?;
    // Once more below, with the database's time; here so that bad keys touch no database.
    Keys::open(config.keys.clone(), Clock::system().now())?;
    let db = Database::open(&config.database).await?;
    if !db.is_ready().await {
        let problem = "the database's schema is not up to date; run `api migrate`";
        return Err(Failure::Other(problem.to_owned()));
    }
    let clock = if config.database.is_sqlite() {
        Clock::system()
    } else {
        Clock::steady()
    };
    let app = Arc::new(App::new(config, clock, db).await?);
    clean::keep_time(&app).await?;
    let warm = app.hasher.warm_up().await;
    warm.map_err(|busy| Failure::Other(busy.to_string()))?;

    let beside = tokio::spawn({
        let app = Arc::clone(&app);
        async move { clean::forever(&app).await }
    });
    let renewal = certificate.clone().map(|one| tokio::spawn(one.follow()));
    let served = crate::http::serve(Arc::clone(&app), certificate, asked_to_stop()?).await;
    beside.abort();
    if let Some(renewal) = renewal {
        renewal.abort();
    }
    let listen = app.config.listen;
    served.map_err(|error| {
        Failure::Other(format!(
            "LISTEN cannot be {listen} ({error}); choose a free address, like 127.0.0.1:8001"
        ))
    })?;
    app.journal.flush(&app.db).await?;
    app.db.clone().close().await?;
    tracing::info!("stopped");
    Ok(())
}

/// Resolves when the process is asked to stop.
fn asked_to_stop() -> Result<impl Future<Output = ()> + Send, Failure> {
    let listen = |kind| signal(kind).map_err(|error| Failure::Other(error.to_string()));
    let mut terminate = listen(SignalKind::terminate())?;
    let mut interrupt = listen(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("stopping: requests under way may end");
    })
}

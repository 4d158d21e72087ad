use super::CliError;
use super::database;
use crate::AppState;
use crate::auth::token::keys::Keys;
use crate::background;
use crate::clock::Clock;
use crate::config::{Config, ConfigErrors, Faults, Files, ServeSettings};
use crate::db::{DbError, Readiness};
use crate::http::{Certificate, MetricsServer, check_static_dir};
use std::sync::Arc;
use std::time::Duration;
use tokio::signal::unix::{SignalKind, signal};
use tokio::task::JoinHandle;

/// What is left to do once the last request has ended takes a commit; a database that hangs must
/// not hold the process up.
const SHUTDOWN_FLUSH_TIMEOUT: Duration = Duration::from_secs(5);

/// All that keeps it from starting before it touches a database.
pub(super) fn faults(settings: &ServeSettings) -> Result<(), ConfigErrors> {
    prepare(settings).map(drop)
}

/// Checks the variables and what they lead to on the disk.
fn prepare(settings: &ServeSettings) -> Result<(Config, Option<Certificate>), ConfigErrors> {
    let mut faults = Faults::default();
    let config = faults.take(settings.check());
    let Files {
        keys,
        tls,
        static_dir,
    } = settings.files();
    let certificate = tls.map(|files| faults.take(Certificate::open(files)));
    // Once more when the server starts, with the database's time.
    let now = Clock::system().now();
    keys.map(|source| faults.take(Keys::open(source, now)));
    static_dir.map(|folder| faults.take(check_static_dir(&folder)));
    faults.finish(config.map(|config| (config, certificate.flatten())))
}

/// Answers requests until SIGTERM or SIGINT, then lets those under way end.
pub(super) async fn serve(settings: ServeSettings) -> Result<(), CliError> {
    let (mut config, certificate) = prepare(&settings)?;
    config.connections = crate::http::fit(config.connections);
    let db = database::open(&config.database).await?;
    match db.readiness().await? {
        Readiness::Ready => {}
        Readiness::ReadOnly => return Err(CliError::read_only()),
        Readiness::Behind => {
            let problem = "the database's schema is not up to date; run `api migrate`";
            return Err(CliError::Other(problem.to_owned()));
        }
    }
    Keys::make_folder(&config.keys)?;
    let clock = if config.database.is_sqlite() {
        Clock::system()
    } else {
        Clock::monotonic()
    };
    background::set_clock(&clock, &db).await?;
    let app = Arc::new(AppState::new(config, clock, db).await?);
    let warm = app.hasher.warm_up().await;
    warm.map_err(|busy| CliError::Other(busy.to_string()))?;

    let scraped = metrics_server(&app).await?;
    let beside = tokio::spawn({
        let app = Arc::clone(&app);
        async move { tokio::join!(background::run(&app), app.traces.run()) }
    });
    let renewal = certificate.clone().map(|one| tokio::spawn(one.watch()));
    let served = crate::http::serve(Arc::clone(&app), certificate, shutdown_signal()?).await;
    beside.abort();
    for task in [renewal, scraped].into_iter().flatten() {
        task.abort();
    }
    let listen = app.config.listen;
    served.map_err(|error| {
        CliError::Other(format!(
            "LISTEN cannot be {listen} ({error}); choose a free address, like 127.0.0.1:8001"
        ))
    })?;
    app.traces.flush().await;
    tokio::time::timeout(SHUTDOWN_FLUSH_TIMEOUT, finish(&app))
        .await
        .map_err(|_| {
            let problem = "the database does not let go; what waited to be written may be lost";
            CliError::Other(problem.to_owned())
        })??;
    tracing::info!("stopped");
    Ok(())
}

/// Writes what waits and lets go of the database.
async fn finish(app: &AppState) -> Result<(), DbError> {
    app.journal.flush(&app.db).await?;
    app.db.clone().close().await
}

/// Takes the address of the metrics, if there is one, and answers there.
async fn metrics_server(app: &Arc<AppState>) -> Result<Option<JoinHandle<()>>, CliError> {
    let Some(listen) = app.config.metrics_listen else {
        return Ok(None);
    };
    let bound = MetricsServer::bind(listen).await.map_err(|error| {
        CliError::Other(format!(
            "METRICS_LISTEN cannot be {listen} ({error}); choose a free address, like 127.0.0.1:9100"
        ))
    })?;
    Ok(Some(tokio::spawn(bound.serve(Arc::clone(app)))))
}

/// Resolves when the process is asked to stop.
fn shutdown_signal() -> Result<impl Future<Output = ()> + Send, CliError> {
    let listen = |kind| signal(kind).map_err(|error| CliError::Other(error.to_string()));
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
